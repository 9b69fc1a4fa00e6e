package io.chittychat.demo.report;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts embedded fonts into pictures: the PDF converter does not look for another font if one lacks a character. */
final class SvgFonts {

    private static final String FAMILY = "Noto Sans";
    private static final Pattern TEXT = Pattern.compile("(<text\\b[^>]*>)([^<]*)(</text>)");

    private final Fonts fonts;

    SvgFonts(Fonts fonts) {
        this.fonts = fonts;
    }

    /** The same picture with fonts of the theme. */
    String inTheme(String svg) {
        String inOneFont = svg.replaceAll("font-family=\"[^\"]*\"", "font-family=\"" + FAMILY + "\"");
        return TEXT.matcher(inOneFont)
                .replaceAll(text -> Matcher.quoteReplacement(text.group(1) + spans(text) + text.group(3)));
    }

    private String spans(MatchResult text) {
        String shown = VisualOrder.of(fonts.shown(unescaped(text.group(2))));
        StringBuilder spans = new StringBuilder();
        StringBuilder run = new StringBuilder();
        String family = FAMILY;
        for (int c : shown.codePoints().toArray()) {
            String needed = fonts.family(c);
            if (!needed.equals(family)) {
                spans.append(span(family, run));
                run.setLength(0);
                family = needed;
            }
            run.appendCodePoint(c);
        }
        // Text after a span would keep its font, so each run has a span of its own, unless there is only one.
        return spans.isEmpty() && family.equals(FAMILY)
                ? escaped(run.toString())
                : spans.append(span(family, run)).toString();
    }

    private static String span(String family, StringBuilder run) {
        String text = escaped(run.toString());
        return text.isEmpty() ? "" : "<tspan font-family=\"%s\">%s</tspan>".formatted(family, text);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
