package io.chittychat.trace.diagram;

/**
 * The font, and the colours of a dark page. The colours of a white page stand at the elements themselves, for programs without
 * style sheets.
 */
final class StyleSheet {

    static final String FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    /**
     * The colours have a syntax that only browsers know: a renderer for paper that ignores media queries drops them and keeps the
     * white page.
     */
    static final String DARK = """

            @media screen and (prefers-color-scheme: dark) {
              .space-time .paper { fill: oklch(0.2 0.015 260); }
              .space-time .ink { fill: oklch(0.93 0.01 260); }
              .space-time .ink-line { stroke: oklch(0.93 0.01 260); }
              .space-time .muted { fill: oklch(0.74 0.015 260); }
              .space-time .muted-line { stroke: oklch(0.74 0.015 260); }
              .space-time .faint-line { stroke: oklch(0.3 0.015 260); }
              .space-time .life-line { stroke: oklch(0.6 0.02 260); }
              .space-time .stay { fill: oklch(0.38 0.03 260); }
              .space-time .wrong { fill: oklch(0.7 0.2 25); }
              .space-time .wrong-line { stroke: oklch(0.7 0.2 25); }
              .space-time .e0 { fill: oklch(0.75 0.13 255); }
              .space-time .e0-line { stroke: oklch(0.75 0.13 255); }
              .space-time .e1 { fill: oklch(0.8 0.13 80); }
              .space-time .e1-line { stroke: oklch(0.8 0.13 80); }
              .space-time .e2 { fill: oklch(0.76 0.14 305); }
              .space-time .e2-line { stroke: oklch(0.76 0.14 305); }
              .space-time .e3 { fill: oklch(0.78 0.15 155); }
              .space-time .e3-line { stroke: oklch(0.78 0.15 155); }
              .space-time .e4 { fill: oklch(0.76 0.15 345); }
              .space-time .e4-line { stroke: oklch(0.76 0.15 345); }
              .space-time .e5 { fill: oklch(0.8 0.11 205); }
              .space-time .e5-line { stroke: oklch(0.8 0.11 205); }
              .space-time .n0 { fill: oklch(0.42 0.08 255); }
              .space-time .n1 { fill: oklch(0.45 0.08 80); }
              .space-time .n2 { fill: oklch(0.43 0.08 150); }
              .space-time .n3 { fill: oklch(0.43 0.08 320); }
              .space-time .on-ink { fill: oklch(0.2 0.015 260); }
            }
            """;

    private StyleSheet() {}
}
