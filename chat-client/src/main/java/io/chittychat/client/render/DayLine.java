package io.chittychat.client.render;

import io.chittychat.v1.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** A line between the events of one day and those of the next, since an event has only its time of day beside it. */
public final class DayLine {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private DayLine() {}

    /** Events with the lines that belong between and before them. What goes before has no line if it is of today. */
    public static List<AttributedString> among(List<Event> events, Look look, LocalDate today) {
        List<AttributedString> lines = new ArrayList<>();
        LocalDate day = today;
        for (Event event : events) {
            LocalDate next = event.hasRecordedAt() ? day(event, look.zone()) : day;
            if (!next.equals(day)) {
                lines.add(new AttributedString("── " + DAY.format(next) + " ──", Look.QUIET));
                day = next;
            }
            lines.add(ConversationLine.of(event, look));
        }
        return lines;
    }

    private static LocalDate day(Event event, ZoneId zone) {
        return Instant.ofEpochSecond(event.getRecordedAt().getSeconds())
                .atZone(zone)
                .toLocalDate();
    }
}
