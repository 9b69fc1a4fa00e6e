package io.chittychat.examiner.mapping;

import java.util.OptionalLong;

/** Numbers in texts. */
final class Numbers {

    private Numbers() {}

    /** The number that a text is; empty if it is none. */
    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
