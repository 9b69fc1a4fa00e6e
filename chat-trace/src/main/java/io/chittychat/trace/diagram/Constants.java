package io.chittychat.trace.diagram;

import java.util.Locale;

/** How constants are called outside of Java: in JSON and in classes of SVG elements. */
final class Constants {

    private Constants() {}

    /** {@code CAUGHT_UP} is {@code caught-up}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
