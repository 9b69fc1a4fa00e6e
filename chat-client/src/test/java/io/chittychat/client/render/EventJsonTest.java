package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final String HOSTILE = "a \"b\" \\ <é😀>\n\u001b[2J\u009b\u202e\u2028\t";

    @Test
    void fieldsAreTheContract() {
        Event event = Event.newBuilder()
                .setLamportTime(7)
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setParticipant("bob")
                .setText("hi <é>")
                .setParticipantLamportTime(5)
                .setSequence(3)
                .setPreviousLamportTime(6)
                .setRecordedAt(Timestamp.newBuilder().setSeconds(1_795_000_000L).setNanos(7_000_000))
                .build();

        assertThat(EventJson.of(event))
                .isEqualTo("{\"lamport_time\":7,\"type\":\"published\",\"participant\":\"bob\",\"text\":\"hi <é>\","
                        + "\"participant_lamport_time\":5,\"sequence\":3,\"previous_lamport_time\":6,"
                        + "\"recorded_at\":\"2026-11-18T11:06:40.007Z\"}");
    }

    @Test
    void hostileTextIsHarmlessAndWhole() {
        String json = EventJson.of(Event.newBuilder()
                .setType(EventType.EVENT_TYPE_LEFT)
                .setText(HOSTILE)
                .build());

        assertThat(json.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(json).doesNotContain("\u202e").doesNotContain("\u2028");
        assertThat(JsonParser.parseString(json).getAsJsonObject().get("text").getAsString())
                .isEqualTo(HOSTILE);
    }
}
