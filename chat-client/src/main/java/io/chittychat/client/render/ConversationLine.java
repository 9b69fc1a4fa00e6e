package io.chittychat.client.render;

import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * An event as a terminal shows it: time of day, Lamport time and name in columns of their own, the text beside them,
 * joins and leaves quieter than messages. Whatever the text holds, it stays in its place.
 */
public final class ConversationLine {

    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("HH:mm");
    private static final int WIDE = 80;
    private static final int LAMPORT_COLUMNS = 8;
    private static final int FEWER_LAMPORT_COLUMNS = 6;
    private static final int MIN_TEXT = 16;
    private static final String BAR = " │ ";

    private ConversationLine() {}

    /** The event, on as many lines as it needs, without a line end after the last. */
    public static AttributedString of(Event event, Look look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        boolean message = isMessage(event);
        boolean called = message && look.isCalledBy(event.getParticipant(), event.getText());
        AttributedStyle quiet = Look.QUIET;
        line.styled(quiet, time(event, look)).append(' ');
        line.styled(quiet, lamport("L" + Long.toUnsignedString(event.getLamportTime()), look));
        line.append(' ');
        if (message) {
            AttributedStyle style = look.name(event.getParticipant());
            line.styled(
                    called ? style.bold().inverse() : look.isSelf(event.getParticipant()) ? style.bold() : style,
                    name(event.getParticipant(), look));
        } else {
            line.styled(quiet, name(sign(event.getType()), look));
        }
        line.styled(quiet, look.isNarrow() ? " " : BAR);
        text(line, Columns.tame(event.getText()), look, message ? called ? Look.LOUD : AttributedStyle.DEFAULT : quiet);
        return line.toAttributedString();
    }

    /** Whether it calls one by one's name. */
    public static boolean calls(Event event, Look look) {
        return isMessage(event) && look.isCalledBy(event.getParticipant(), event.getText());
    }

    /** A message that has no place in the log yet, on one line, where it will stand. */
    static AttributedString pending(String self, String mark, String text, Look look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        AttributedStyle quiet = Look.QUIET;
        line.append(" ".repeat(timeColumns(look) + 1)).styled(quiet, lamport(mark, look));
        line.append(' ').styled(quiet, name(self, look)).styled(quiet, look.isNarrow() ? " " : BAR);
        int room = Math.max(MIN_TEXT, look.width() - 1 - line.columnLength());
        return line.styled(quiet, Columns.clip(Columns.tame(text), room)).toAttributedString();
    }

    private static boolean isMessage(Event event) {
        return event.getType() != EventType.EVENT_TYPE_JOINED && event.getType() != EventType.EVENT_TYPE_LEFT;
    }

    private static String sign(EventType type) {
        return type == EventType.EVENT_TYPE_JOINED ? "→" : "←";
    }

    private static String time(Event event, Look look) {
        if (!event.hasRecordedAt()) {
            return " ".repeat(timeColumns(look));
        }
        Timestamp at = event.getRecordedAt();
        return (look.width() < WIDE ? SHORT : LONG)
                .withZone(look.zone())
                .format(Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
    }

    private static int timeColumns(Look look) {
        return look.width() < WIDE ? "HH:mm".length() : "HH:mm:ss".length();
    }

    private static String lamport(String text, Look look) {
        int columns = look.width() < WIDE ? FEWER_LAMPORT_COLUMNS : LAMPORT_COLUMNS;
        return look.isNarrow() ? text : " ".repeat(Math.max(0, columns - Columns.width(text))) + text;
    }

    private static String name(String name, Look look) {
        String tame = Columns.tame(name);
        return look.isNarrow() ? tame : Columns.right(tame, look.width() < WIDE ? 8 : 12);
    }

    private static void text(AttributedStringBuilder line, String text, Look look, AttributedStyle style) {
        int indent = line.columnLength();
        int room = look.width() - indent;
        if (look.isNarrow() || room < MIN_TEXT) {
            line.styled(style, text); // the terminal wraps it
            return;
        }
        List<String> parts = Columns.wrap(text, room);
        line.styled(style, parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            line.append('\n').append(" ".repeat(indent - BAR.length())).styled(Look.QUIET, BAR);
            line.styled(style, part);
        }
    }
}
