package io.chittychat.server.access;

/** A text that must not be logged; {@link #toString} gives stars. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
