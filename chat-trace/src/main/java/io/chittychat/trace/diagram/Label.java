package io.chittychat.trace.diagram;

/**
 * Text on the sheet.
 *
 * @param text safe to show
 * @param size of the font
 * @param pen its colour
 * @param anchor {@code start}, {@code middle} or {@code end}: the part of the text that is at its place
 * @param bold whether it is bold
 */
record Label(String text, double size, Pen pen, String anchor, boolean bold) {

    Label(String text, double size, Pen pen) {
        this(text, size, pen, "start", false);
    }

    Label anchored(String anchor) {
        return new Label(text, size, pen, anchor, bold);
    }

    Label bold(boolean bold) {
        return new Label(text, size, pen, anchor, bold);
    }

    double width() {
        return TextWidth.of(text, size) * (bold ? 1.08 : 1);
    }

    Object[] attributes(double x, double y) {
        return SvgWriter.attributes(
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
