package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** The lines between days. */
class DayLineTest {

    private static final TerminalLook LOOK = new TerminalLook(100, false, ZoneOffset.ofHours(1), Optional.empty());

    @Test
    void eventsOfAnotherDayHaveItsNameBeforeThem() {
        List<Event> events =
                List.of(at("2026-11-19T12:00:00Z"), at("2026-11-20T22:59:59Z"), at("2026-11-20T23:00:00Z"));

        assertThat(DayLine.among(events, LOOK, LocalDate.of(2026, 11, 21)).stream()
                        .map(AttributedString::toString)
                        .filter(line -> line.startsWith("──")))
                .containsExactly(
                        "── Thursday, 19 November 2026 ──",
                        "── Friday, 20 November 2026 ──",
                        "── Saturday, 21 November 2026 ──");
    }

    @Test
    void eventsOfTodayHaveNone() {
        List<Event> events = List.of(at("2026-11-21T12:00:00Z"), Event.getDefaultInstance());

        assertThat(DayLine.among(events, LOOK, LocalDate.of(2026, 11, 21))).hasSize(2);
    }

    private static Event at(String time) {
        return Event.newBuilder()
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setRecordedAt(
                        Timestamp.newBuilder().setSeconds(Instant.parse(time).getEpochSecond()))
                .build();
    }
}
