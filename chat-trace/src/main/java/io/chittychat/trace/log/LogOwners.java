package io.chittychat.trace.log;

import static io.chittychat.text.LogKeys.KIND;
import static io.chittychat.text.LogKeys.PARTICIPANT;

import io.chittychat.text.LogFormatException;
import io.chittychat.text.Logfmt;
import io.chittychat.text.LogfmtLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose records a log has: usually one participant's, but logs may have been put together. Immutable. */
public final class LogOwners {

    /** Fewer records of another participant are records in the wrong log. */
    private static final int LEAST_RECORDS = 2;

    private static final int MOST_OWNERS = 100_000;
    private static final String NOBODY = "\n"; // in no line

    /**
     * Who owns the lines that are read of a log with several owners.
     *
     * @param mark is in the lines that it owns; empty if it owns all that have no other mark
     * @param others marks of lines of others
     * @param isService whether it is the service
     * @param withService whether the service is one of the owners, which prints lines of any kind
     * @param isAnybody whether all lines are read
     */
    public record Owner(String mark, List<String> others, boolean isService, boolean withService, boolean isAnybody) {

        /** All lines. */
        public static final Owner ANYBODY = new Owner("", List.of(), false, false, true);

        public Owner {
            others = List.copyOf(others);
        }

        /** Whether a line is to be read. */
        boolean owns(String line) {
            if (isService || ServiceRecord.claims(line)) {
                return isService == ServiceRecord.claims(line);
            }
            return mark.isEmpty()
                    ? (!withService || line.startsWith("time="))
                            && others.stream().noneMatch(line::contains)
                    : line.contains(mark);
        }
    }

    private final RotatedLog log;
    private final List<String> names;
    private final boolean service;

    private LogOwners(RotatedLog log, List<String> names, boolean service) {
        this.log = log;
        this.names = List.copyOf(names);
        this.service = service;
    }

    /** Finds the owners of a log. */
    public static LogOwners of(RotatedLog log, LogLines.Opener opener) {
        Map<String, Integer> records = new LinkedHashMap<>();
        boolean service = false;
        String newest = "";
        String mark = NOBODY;
        try (LogLines lines = new LogLines(log, opener)) {
            while (lines.next()) {
                String line = lines.text();
                if (!line.startsWith("time=")) {
                    continue;
                }
                if (ServiceRecord.claims(line)) {
                    service = true;
                } else if (!line.contains(mark)) {
                    newest = participant(line);
                    mark = newest.isEmpty() ? NOBODY : mark(newest);
                }
                if (!newest.isEmpty() && line.contains(mark) && records.size() < MOST_OWNERS) {
                    records.merge(newest, 1, Integer::sum);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
        return new LogOwners(log, owners(records), service);
    }

    private static List<String> owners(Map<String, Integer> records) {
        Set<String> all = records.keySet();
        return all.stream()
                .filter(name -> records.getOrDefault(name, 0) >= LEAST_RECORDS
                        || name.equals(all.iterator().next()))
                .toList();
    }

    private static String participant(String line) {
        try {
            LogfmtLine pairs = LogfmtLine.parse(line);
            return pairs.has(KIND) ? pairs.find(PARTICIPANT).orElse("") : "";
        } catch (LogFormatException e) {
            return ""; // the check reports it
        }
    }

    private static String mark(String name) {
        return " " + new Logfmt().with(PARTICIPANT, name) + " ";
    }

    /** The participants with records, in the order of their first ones. */
    public List<String> names() {
        return names;
    }

    /** Whether the service has records, too. */
    public boolean hasService() {
        return service;
    }

    /** The records of a participant. The first one has also the lines that nobody owns. */
    public RotatedLog logOf(String name) {
        if (names.size() == 1 && !service) {
            return log;
        }
        List<String> others = names.stream()
                .filter(other -> !other.equals(name))
                .map(LogOwners::mark)
                .toList();
        return log.of(new Owner(names.get(0).equals(name) ? "" : mark(name), others, false, service, false));
    }

    /** The records of the service. */
    public RotatedLog logOfService() {
        return names.isEmpty() ? log : log.of(new Owner("", List.of(), true, true, false));
    }
}
