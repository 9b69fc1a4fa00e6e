package io.chittychat.trace.log;

import static io.chittychat.text.LogKeys.CLOCK;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.KIND;
import static io.chittychat.text.LogKeys.LAMPORT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.RPC;
import static io.chittychat.text.LogKeys.SENT;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.text.LogKeys.TIME;

import io.chittychat.text.LogFormatException;
import io.chittychat.text.Logfmt;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** Writes lines of another program's log as records of a participant. Not safe for use by several threads. */
final class Translator {

    /** Marks a record whose writer did not log its clock. */
    static final String UNCLOCKED = "unclocked";

    private final LineFormat format;
    private final String owner;
    private final Map<String, Long> clocks = new HashMap<>();

    /** @param owner the participant of lines that name none */
    Translator(LineFormat format, String owner) {
        this.format = format;
        this.owner = owner;
    }

    /** The record, as a line; empty if the line is none. */
    String translate(String line) {
        return format.find(line).map(found -> record(new Groups(found))).orElse("");
    }

    private record Groups(Matcher found) {
        String get(String name) {
            if (!found.pattern().pattern().contains("(?<" + name + ">")) {
                return "";
            }
            String value = found.group(name);
            return value == null ? "" : value.strip();
        }

        boolean has(String name) {
            return !get(name).isEmpty();
        }
    }

    private String record(Groups groups) {
        String participant = groups.has(PARTICIPANT) ? groups.get(PARTICIPANT) : owner;
        String event = event(groups.get(EVENT));
        RecordKind kind = kind(groups);
        Logfmt line = new Logfmt()
                .with(TIME, time(groups.get(TIME)))
                .with(PARTICIPANT, participant)
                .with(KIND, kind.name().toLowerCase(Locale.ROOT))
                .with(RPC, kind == RecordKind.RECEIVE ? "Broadcast" : rpc(event));
        boolean oneNumber = kind == RecordKind.RECEIVE && !groups.has(LAMPORT);
        String lamport = oneNumber ? groups.get(CLOCK) : groups.get(LAMPORT);
        if (kind == RecordKind.RECEIVE) {
            line.with(EVENT, event);
        } else if (kind == RecordKind.REPLY) {
            line.with(OUTCOME, groups.has(OUTCOME) ? groups.get(OUTCOME) : "OK");
        }
        if (kind != RecordKind.SEND && !lamport.isEmpty()) {
            line.with(LAMPORT, lamport);
        }
        clock(line, participant, oneNumber ? "" : groups.get(CLOCK), kind == RecordKind.SEND ? "" : lamport);
        if (kind == RecordKind.RECEIVE) {
            about(line, groups, event, lamport);
        } else if (event.equals("published")) {
            pass(SEQUENCE, groups, line);
            pass(TEXT, groups, line);
        }
        return line.toString();
    }

    private static void about(Logfmt line, Groups groups, String event, String lamport) {
        pass(FROM, groups, line);
        pass(SENT, groups, line);
        line.with(
                TEXT,
                event.equals("published")
                        ? groups.get(TEXT)
                        : "Participant %s %s Chitty-Chat at Lamport time %s"
                                .formatted(groups.get(FROM), event, lamport));
    }

    private static void pass(String name, Groups groups, Logfmt line) {
        if (groups.has(name)) {
            line.with(name, groups.get(name));
        }
    }

    /** The own clock; if it was not logged, one that fits, and a mark. */
    private void clock(Logfmt line, String participant, String logged, String lamport) {
        long before = clocks.getOrDefault(participant, 0L);
        long fits = Math.max(before, number(lamport)) + 1;
        clocks.put(participant, logged.isEmpty() ? fits : number(logged));
        if (logged.isEmpty()) {
            line.with(CLOCK, fits).with(UNCLOCKED, "true");
        } else {
            line.with(CLOCK, logged);
        }
    }

    private static long number(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0; // the check reports it
        }
    }

    private static String time(String text) {
        try {
            return WallClock.parse(text.replace(' ', 'T')).toString();
        } catch (LogFormatException e) {
            return Instant.EPOCH.toString(); // informative only
        }
    }

    private static RecordKind kind(Groups groups) {
        String word = groups.get(KIND).toLowerCase(Locale.ROOT);
        if (word.startsWith("sen") || word.startsWith("publish")) {
            return RecordKind.SEND;
        } else if (word.startsWith("repl") || word.startsWith("ack")) {
            return RecordKind.REPLY;
        } else if (!word.isEmpty() || groups.has(FROM) || groups.has(LAMPORT)) {
            return RecordKind.RECEIVE;
        }
        return RecordKind.SEND;
    }

    private static String event(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.startsWith("lea") || word.startsWith("left") || word.startsWith("disc") || word.startsWith("exit")) {
            return "left";
        }
        return word.startsWith("join") || word.startsWith("conn") || word.startsWith("enter") ? "joined" : "published";
    }

    private static String rpc(String event) {
        return switch (event) {
            case "joined" -> "Join";
            case "left" -> "Leave";
            default -> "Publish";
        };
    }
}
