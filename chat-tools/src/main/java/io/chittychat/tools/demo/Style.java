package io.chittychat.tools.demo;

/** Colours for a terminal, or none. */
enum Style {
    COLOURED,
    PLAIN;

    String bold(String text) {
        return in("1", text);
    }

    String dim(String text) {
        return in("2", text);
    }

    String cyan(String text) {
        return in("36", text);
    }

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("1;31", text);
    }

    private String in(String code, String text) {
        return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
