package io.chittychat.trace.diagram;

/**
 * Words on the sheet.
 *
 * @param text what they are, safe to show
 * @param size of the font
 * @param pen their colour
 * @param anchor {@code start}, {@code middle} or {@code end}: which part of them is at the place given
 * @param bold whether they are printed bold
 */
record Words(String text, double size, Pen pen, String anchor, boolean bold) {

    Words(String text, double size, Pen pen) {
        this(text, size, pen, "start", false);
    }

    Words anchored(String anchor) {
        return new Words(text, size, pen, anchor, bold);
    }

    Words bold(boolean bold) {
        return new Words(text, size, pen, anchor, bold);
    }

    double width() {
        return TextWidth.of(text, size) * (bold ? 1.08 : 1);
    }

    Object[] attributes(double x, double y) {
        return Svg.attributes(
                "class",
                pen.name(),
                "x",
                x,
                "y",
                y,
                "font-size",
                size,
                "text-anchor",
                anchor,
                "font-weight",
                bold ? "bold" : "normal",
                "fill",
                pen.colour());
    }
}
