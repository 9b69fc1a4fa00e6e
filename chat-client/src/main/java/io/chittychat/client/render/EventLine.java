package io.chittychat.client.render;

import io.chittychat.text.SafeText;
import io.chittychat.v1.Event;

/** An event as a line: {@code [L 7] bob: hello}, or {@code [L 2] * Participant bob joined ...}. */
public final class EventLine {

    private EventLine() {}

    /** The line, without a line end. Characters that would harm a terminal or begin a line are escaped. */
    public static String of(Event event) {
        String place = "[L " + Long.toUnsignedString(event.getLamportTime()) + "] ";
        String text = SafeText.of(event.getText());
        return switch (event.getType()) {
            case EVENT_TYPE_PUBLISHED -> place + SafeText.of(event.getParticipant()) + ": " + text;
            case EVENT_TYPE_JOINED, EVENT_TYPE_LEFT -> place + "* " + text;
            // a type of a newer service
            case EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                place + "? " + SafeText.of(event.getParticipant()) + ": " + text;
        };
    }
}
