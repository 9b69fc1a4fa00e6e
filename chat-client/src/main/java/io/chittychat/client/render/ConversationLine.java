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
 * An event as a terminal shows it: time of day, Lamport time and name in columns, the text beside them, joins and leaves
 * fainter than messages. No text can leave its column.
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
    public static AttributedString of(Event event, TerminalLook look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        boolean message = isMessage(event);
        boolean called = message && look.isCalledBy(event.getParticipant(), event.getText());
        AttributedStyle quiet = TerminalLook.QUIET;
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
        text(
                line,
                TerminalText.tame(event.getText()),
                look,
                message ? called ? TerminalLook.LOUD : AttributedStyle.DEFAULT : quiet);
        return line.toAttributedString();
    }

    /** Whether an event is a message of another participant that contains the user's name. */
    public static boolean calls(Event event, TerminalLook look) {
        return isMessage(event) && look.isCalledBy(event.getParticipant(), event.getText());
    }

    /** A message that waits for its place in the log, on one line. */
    static AttributedString pending(String self, String mark, String text, TerminalLook look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        AttributedStyle quiet = TerminalLook.QUIET;
        line.append(" ".repeat(timeColumns(look) + 1)).styled(quiet, lamport(mark, look));
        line.append(' ').styled(quiet, name(self, look)).styled(quiet, look.isNarrow() ? " " : BAR);
        int room = Math.max(MIN_TEXT, look.width() - 1 - line.columnLength());
        return line.styled(quiet, TerminalText.clip(TerminalText.tame(text), room))
                .toAttributedString();
    }

    private static boolean isMessage(Event event) {
        return event.getType() != EventType.EVENT_TYPE_JOINED && event.getType() != EventType.EVENT_TYPE_LEFT;
    }

    private static String sign(EventType type) {
        return type == EventType.EVENT_TYPE_JOINED ? "→" : "←";
    }

    private static String time(Event event, TerminalLook look) {
        if (!event.hasRecordedAt()) {
            return " ".repeat(timeColumns(look));
        }
        Timestamp at = event.getRecordedAt();
        return (look.width() < WIDE ? SHORT : LONG)
                .withZone(look.zone())
                .format(Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
    }

    private static int timeColumns(TerminalLook look) {
        return look.width() < WIDE ? "HH:mm".length() : "HH:mm:ss".length();
    }

    private static String lamport(String text, TerminalLook look) {
        int columns = look.width() < WIDE ? FEWER_LAMPORT_COLUMNS : LAMPORT_COLUMNS;
        return look.isNarrow() ? text : " ".repeat(Math.max(0, columns - TerminalText.width(text))) + text;
    }

    private static String name(String name, TerminalLook look) {
        String tame = TerminalText.tame(name);
        return look.isNarrow() ? tame : TerminalText.right(tame, look.width() < WIDE ? 8 : 12);
    }

    private static void text(AttributedStringBuilder line, String text, TerminalLook look, AttributedStyle style) {
        int indent = line.columnLength();
        int room = look.width() - indent;
        if (look.isNarrow() || room < MIN_TEXT) {
            line.styled(style, text); // the terminal wraps it
            return;
        }
        List<String> parts = TerminalText.wrap(text, room);
        line.styled(style, parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            line.append('\n').append(" ".repeat(indent - BAR.length())).styled(TerminalLook.QUIET, BAR);
            line.styled(style, part);
        }
    }
}
