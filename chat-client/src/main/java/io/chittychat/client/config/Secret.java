package io.chittychat.client.config;

/**
 * Something that must not be shown: it prints as stars.
 *
 * @param value what it is
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
