package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import org.junit.jupiter.api.Test;

class EventLineTest {

    @Test
    void publishedShowsTimeNameAndText() {
        assertThat(line(EventType.EVENT_TYPE_PUBLISHED, "bob", "hello  😀")).isEqualTo("[L 7] bob: hello  😀");
    }

    @Test
    void joinedAndLeftShowTheirSentence() {
        assertThat(line(EventType.EVENT_TYPE_JOINED, "bob", "Participant bob joined Chitty-Chat at Lamport time 7"))
                .isEqualTo("[L 7] * Participant bob joined Chitty-Chat at Lamport time 7");
        assertThat(line(EventType.EVENT_TYPE_LEFT, "bob", "Participant bob left Chitty-Chat at Lamport time 7"))
                .isEqualTo("[L 7] * Participant bob left Chitty-Chat at Lamport time 7");
    }

    @Test
    void hostileTextIsOneHarmlessLine() {
        assertThat(line(EventType.EVENT_TYPE_PUBLISHED, "bob", "\u001b[2J\r\nmallory: hi\u202e"))
                .isEqualTo("[L 7] bob: \\u001b[2J\\r\\nmallory: hi\\u202e");
    }

    @Test
    void kindOfANewerServiceIsShown() {
        Event event = Event.newBuilder()
                .setLamportTime(7)
                .setTypeValue(99)
                .setParticipant("bob")
                .setText("?")
                .build();
        assertThat(EventLine.of(event)).isEqualTo("[L 7] ? bob: ?");
    }

    private static String line(EventType type, String participant, String text) {
        return EventLine.of(Event.newBuilder()
                .setLamportTime(7)
                .setType(type)
                .setParticipant(participant)
                .setText(text)
                .build());
    }
}
