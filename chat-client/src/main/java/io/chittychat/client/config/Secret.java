package io.chittychat.client.config;

/**
 * A secret, which prints as stars.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
