package io.chittychat.trace.log;

import static io.chittychat.text.LogKeys.EPOCH;

import io.chittychat.text.LogFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a log are of which life of the service: a new one begins when the service is started on another log of
 * events, such as a backup, in which Lamport times are given anew. Not safe for use by several threads.
 */
public final class Lives {

    /**
     * What a log has of a life.
     *
     * @param began when the log first told of it, by the wall clock of its writer; it only says which life is shown first
     */
    public record Part(Instant began, Stretches stretches) {}

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private String epoch = ""; // of the present life; empty as long as the log has not told
    private Instant began = Instant.EPOCH;
    private long begin = 1; // of what was not filed yet

    private Lives() {}

    /** Those of a participant's log, by their epochs; empty if the log tells of none. */
    public static Map<String, Part> ofParticipant(LogFile log, LogLines.Opener opener) {
        Lives lives = new Lives();
        Joins joins = lives.new Joins();
        return lives.read(log, opener, joins::look);
    }

    /** Those of the service's log, by their epochs; empty if the log tells of none. */
    public static Map<String, Part> ofService(LogFile log, LogLines.Opener opener) {
        Lives lives = new Lives();
        return lives.read(log, opener, lives::lookForStart);
    }

    private interface Look {
        void at(LogLines lines, String line);
    }

    private Map<String, Part> read(LogFile log, LogLines.Opener opener, Look look) {
        try (LogLines lines = new LogLines(log, opener)) {
            while (lines.next()) {
                look.at(lines, lines.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
        file(Long.MAX_VALUE);
        parts.remove("");
        return parts;
    }

    /** What was not filed is of the present life, up to a line. */
    private void file(long end) {
        Part known = parts.getOrDefault(epoch, new Part(began, Stretches.NONE));
        parts.put(epoch, new Part(known.began(), known.stretches().and(begin, end)));
        begin = end;
    }

    /** A line tells of a life whose lines begin at another one; whether it is not that of before. */
    private boolean tells(String of, Instant time, long from) {
        if (of.equals(epoch)) {
            return false;
        }
        file(from);
        epoch = of;
        began = time;
        return true;
    }

    private void lookForStart(LogLines lines, String line) {
        if (!ServiceRecord.claims(line) || !line.contains("event=started")) {
            return;
        }
        try {
            ServiceRecord start = ServiceRecord.parse(lines.place(), line);
            start.epoch().ifPresent(told -> tells(told, start.time(), epoch.isEmpty() ? begin : lines.ordinal()));
        } catch (LogFormatException e) {
            // the check tells of it
        }
    }

    /**
     * Looks for accepted Joins, which name the life. What was asked to get there is of it, too: the attempts since the participant
     * last heard of the life before. An answer to something else that comes before that to the Join is of the life before, and is
     * passed over, since it stands among the lines of the new one.
     */
    private final class Joins {

        private long asked; // the line of the first attempt; 0 if there is none
        private long askedClock;
        private final List<Long> late = new ArrayList<>(); // the lines since then that are of something else
        private @Nullable String heard; // the newest line that told of a life

        void look(LogLines lines, String line) {
            if (line.contains(" rpc=Join")) {
                parse(lines, line).ifPresent(entry -> join(entry, lines.ordinal()));
            } else if (line.contains(" lamport=")) {
                asked = 0;
                late.clear();
                heard = line;
            } else if (asked > 0) {
                late.add(lines.ordinal());
            }
        }

        private void join(LogRecord entry, long line) {
            if (entry.kind() == Kind.SEND) {
                if (asked == 0 || entry.clock() < askedClock) {
                    asked = line; // the clock begins anew with a new life
                    late.clear();
                }
                askedClock = entry.clock();
            } else if (entry.kind() == Kind.REPLY && entry.isOk()) {
                entry.find(EPOCH).ifPresent(told -> accepted(told, entry, line));
                asked = 0;
            }
        }

        private void accepted(String told, LogRecord entry, long line) {
            boolean isFirstToldOfALifeThatGoesOn = epoch.isEmpty() && newestHeard() < entry.lamport();
            long from = asked == 0 ? line : asked;
            if (tells(told, entry.time(), isFirstToldOfALifeThatGoesOn ? begin : from)) {
                late.forEach(other -> {
                    file(other);
                    begin = other + 1;
                });
            }
            late.clear();
        }

        /** The service's time that was heard of last before; 0 if there was none. */
        private long newestHeard() {
            return Optional.ofNullable(heard)
                    .flatMap(line -> parse(null, line))
                    .filter(LogRecord::carriesLamport)
                    .map(LogRecord::lamport)
                    .orElse(0L);
        }

        private Optional<LogRecord> parse(@Nullable LogLines lines, String line) {
            Place place = lines == null ? new Place(java.nio.file.Path.of(""), 0) : lines.place();
            try {
                return Optional.of(LogRecord.parse(place.file(), place.line(), line));
            } catch (LogFormatException e) {
                return Optional.empty(); // the check tells of it
            }
        }
    }
}
