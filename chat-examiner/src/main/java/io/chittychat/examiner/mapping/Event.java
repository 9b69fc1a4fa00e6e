package io.chittychat.examiner.mapping;

import java.util.OptionalLong;

/**
 * What a participant was told.
 *
 * @param time its Lamport time; empty if it has none that is a number
 * @param name the participant that joined, published or left; empty if it is not said
 * @param text the message or sentence, at most its first 2,000 characters; empty if there is none
 */
public record Event(Kind kind, OptionalLong time, String name, String text) {

    private static final int MOST_TEXT = 2_000;

    public Event {
        text = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }
}
