package io.chittychat.trace.input;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.text.LogFormatException;
import io.chittychat.text.LogfmtLine;
import io.chittychat.trace.spacetime.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the log of processes that whoever starts them may keep, such as the demonstration: {@code time=... event=killed
 * process="node 2" pid=4242}.
 */
final class ProcessIncidents {

    /** The usual name of such a log. */
    static final String FILE = "processes.logfmt";

    private static final String PROCESS = "process";

    private ProcessIncidents() {}

    /**
     * Deaths, restarts and cuts of the service's own processes.
     *
     * @param participants whose own logs tell of them
     */
    static List<Incident> in(Path file, Set<String> participants) {
        List<Incident> incidents = new ArrayList<>();
        Set<String> dead = new HashSet<>();
        try {
            for (String line : Files.readAllLines(file, UTF_8)) {
                read(line, participants, dead).ifPresent(incidents::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return incidents;
    }

    private static Optional<Incident> read(String line, Set<String> participants, Set<String> dead) {
        try {
            LogfmtLine fields = LogfmtLine.parse(line);
            String process = fields.required(PROCESS);
            Instant at = Instant.parse(fields.required(TIME));
            return participants.contains(process)
                    ? Optional.empty()
                    : sentence(fields.required(EVENT), process, dead).map(what -> new Incident(at, what));
        } catch (LogFormatException | DateTimeException e) {
            return Optional.empty(); // a cut line: the file is no part of the conversation
        }
    }

    private static Optional<String> sentence(String event, String process, Set<String> dead) {
        return switch (event) {
            case "killed" -> {
                dead.add(process);
                yield Optional.of(process + " is killed");
            }
            case "started" -> dead.remove(process) ? Optional.of(process + " starts again") : Optional.empty();
            case "cut_off" -> Optional.of(process + " is cut off");
            case "back" -> Optional.of(process + " is back");
            default -> Optional.empty();
        };
    }
}
