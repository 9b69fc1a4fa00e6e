package io.chittychat.text;

/**
 * A text that must not be logged, such as a token; {@link #toString} returns stars.
 *
 * @param value the text itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
