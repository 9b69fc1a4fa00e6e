package io.chittychat.trace.check;

import io.chittychat.trace.log.LogFile;
import io.chittychat.trace.log.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Logs that are to be read side by side.
 *
 * @param participants the participants' logs, by their names
 * @param service the service's log, if it is there
 * @param endings how each participant's part ended, if somebody watched; then the log of everybody who took part is there
 * @param opener opens them
 */
public record LogSet(
        Map<String, LogFile> participants,
        Optional<LogFile> service,
        Optional<Map<String, Ending>> endings,
        LogLines.Opener opener) {

    /** Logs of which nothing is known but what is in them. */
    public static LogSet of(Map<String, LogFile> participants, Optional<LogFile> service) {
        return new LogSet(participants, service, Optional.empty(), Files::newInputStream);
    }

    /**
     * The logs of everybody who took part.
     *
     * @param endings how each one's part ended, by their names
     * @param logs where each one's log is
     */
    public static LogSet watched(Map<String, Ending> endings, Function<String, Path> logs) {
        Map<String, LogFile> participants = new LinkedHashMap<>();
        endings.keySet().forEach(name -> participants.put(name, LogFile.of(logs.apply(name))));
        return new LogSet(participants, Optional.empty(), Optional.of(endings), Files::newInputStream);
    }

    /** The same with the service's log. */
    public LogSet with(LogFile serviceLog) {
        return new LogSet(participants, Optional.of(serviceLog), endings, opener);
    }

    /** What can be checked with them. */
    List<Requirement> requirements() {
        return List.of(Requirement.values()).stream()
                .filter(requirement -> requirement != Requirement.SERVICE || service.isPresent())
                .toList();
    }
}
