package io.chittychat.server.access;

/** Something that must not be shown: it prints as stars. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
