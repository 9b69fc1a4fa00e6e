package io.chittychat.trace.console;

/** Colours for a terminal, or none. */
public enum Style {
    COLOURED,
    PLAIN;

    /** In this style, if colours are on. */
    public String bold(String text) {
        return in("1", text);
    }

    /** In this style, if colours are on. */
    public String dim(String text) {
        return in("2", text);
    }

    /** In this style, if colours are on. */
    public String cyan(String text) {
        return in("36", text);
    }

    /** In this style, if colours are on. */
    public String good(String text) {
        return in("32", text);
    }

    /** In this style, if colours are on. */
    public String bad(String text) {
        return in("1;31", text);
    }

    private String in(String code, String text) {
        return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
