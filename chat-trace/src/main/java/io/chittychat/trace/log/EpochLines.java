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
 * Assigns the lines of a log to epochs of the service. A new epoch begins when the service starts on another log of events, such
 * as a backup, whose Lamport times begin again. Not safe for use by several threads.
 */
public final class EpochLines {

    /**
     * The lines of one epoch.
     *
     * @param began the time of the first record that names the epoch, by the wall clock of its writer; used only to sort epochs
     */
    public record Part(Instant began, LineRanges ranges) {}

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private String epoch = ""; // the current one; empty while the log has not named it
    private Instant began = Instant.EPOCH;
    private long begin = 1; // the first line that is not assigned yet

    private EpochLines() {}

    /** The parts of a participant's log, by epoch; empty if the log names none. */
    public static Map<String, Part> ofParticipant(RotatedLog log, LogLines.Opener opener) {
        EpochLines lives = new EpochLines();
        Joins joins = lives.new Joins();
        return lives.read(log, opener, joins::visit);
    }

    /** The parts of the service's log, by epoch; empty if the log names none. */
    public static Map<String, Part> ofService(RotatedLog log, LogLines.Opener opener) {
        EpochLines lives = new EpochLines();
        return lives.read(log, opener, lives::lookForStart);
    }

    private interface LineVisitor {
        void visit(LogLines lines, String line);
    }

    private Map<String, Part> read(RotatedLog log, LogLines.Opener opener, LineVisitor visitor) {
        try (LogLines lines = new LogLines(log, opener)) {
            while (lines.next()) {
                visitor.visit(lines, lines.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
        assign(Long.MAX_VALUE);
        parts.remove("");
        return parts;
    }

    /** Assigns the lines up to a line to the current epoch. */
    private void assign(long end) {
        Part known = parts.getOrDefault(epoch, new Part(began, LineRanges.NONE));
        parts.put(epoch, new Part(known.began(), known.ranges().and(begin, end)));
        begin = end;
    }

    /** A line names an epoch whose lines begin at another line; returns whether it differs from the current epoch. */
    private boolean named(String of, Instant time, long from) {
        if (of.equals(epoch)) {
            return false;
        }
        assign(from);
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
            start.epoch().ifPresent(told -> named(told, start.time(), epoch.isEmpty() ? begin : lines.ordinal()));
        } catch (LogFormatException e) {
            // the check reports it
        }
    }

    /**
     * Looks for accepted Joins, which name the epoch. The attempts at the Join since the last record of the earlier epoch belong to
     * the new epoch. Replies to other requests between them belong to the earlier epoch; their lines are left out.
     */
    private final class Joins {

        private long asked; // the line of the first attempt; 0 if there is none
        private long askedClock;
        private final List<Long> late = new ArrayList<>(); // the lines since then that belong to other requests
        private @Nullable String heard; // the newest line with a Lamport time of the service

        void visit(LogLines lines, String line) {
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
            if (entry.kind() == RecordKind.SEND) {
                if (asked == 0 || entry.clock() < askedClock) {
                    asked = line; // the clock begins again in a new epoch
                    late.clear();
                }
                askedClock = entry.clock();
            } else if (entry.kind() == RecordKind.REPLY && entry.isOk()) {
                entry.find(EPOCH).ifPresent(told -> accepted(told, entry, line));
                asked = 0;
            }
        }

        private void accepted(String told, LogRecord entry, long line) {
            boolean continuesUnnamedEpoch = epoch.isEmpty() && newestHeard() < entry.lamport();
            long from = asked == 0 ? line : asked;
            if (named(told, entry.time(), continuesUnnamedEpoch ? begin : from)) {
                late.forEach(other -> {
                    assign(other);
                    begin = other + 1;
                });
            }
            late.clear();
        }

        /** The newest Lamport time of the service before; 0 if there was none. */
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
                return Optional.empty(); // the check reports it
            }
        }
    }
}
