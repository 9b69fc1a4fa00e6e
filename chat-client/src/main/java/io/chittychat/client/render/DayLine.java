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

/** A line with the date between events of different days, since an event shows only its time of day. */
public final class DayLine {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private DayLine() {}

    /** The lines of events, with a line before the first event of each day other than today. */
    public static List<AttributedString> among(List<Event> events, TerminalLook look, LocalDate today) {
        List<AttributedString> lines = new ArrayList<>();
        LocalDate day = today;
        for (Event event : events) {
            LocalDate next = event.hasRecordedAt() ? day(event, look.zone()) : day;
            if (!next.equals(day)) {
                lines.add(new AttributedString("── " + DAY.format(next) + " ──", TerminalLook.QUIET));
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
