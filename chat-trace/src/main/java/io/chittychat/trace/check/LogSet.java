package io.chittychat.trace.check;

import io.chittychat.trace.log.LogLines;
import io.chittychat.trace.log.RotatedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Logs to be read side by side.
 *
 * @param participants the participants' logs, by their names
 * @param service the service's log, if it is given
 * @param ends how each participant ended, if that is known; then the logs of all participants are given
 * @param opener opens the files
 */
public record LogSet(
        Map<String, RotatedLog> participants,
        Optional<RotatedLog> service,
        Optional<Map<String, KnownEnd>> ends,
        LogLines.Opener opener) {

    /** How a participant is known to have ended. */
    public enum KnownEnd {
        /** It left. */
        LEFT,
        /** Its process was killed, so its log may end anywhere. */
        KILLED
    }

    /** Logs about which only their content is known. */
    public static LogSet of(Map<String, RotatedLog> participants, Optional<RotatedLog> service) {
        return new LogSet(participants, service, Optional.empty(), Files::newInputStream);
    }

    /**
     * The logs of all participants of a conversation.
     *
     * @param ends how each participant ended, by its name
     * @param logs where the log of each participant is
     */
    public static LogSet watched(Map<String, KnownEnd> ends, Function<String, Path> logs) {
        Map<String, RotatedLog> participants = new LinkedHashMap<>();
        ends.keySet().forEach(name -> participants.put(name, RotatedLog.of(logs.apply(name))));
        return new LogSet(participants, Optional.empty(), Optional.of(ends), Files::newInputStream);
    }

    /** The same logs and the service's log. */
    public LogSet with(RotatedLog serviceLog) {
        return new LogSet(participants, Optional.of(serviceLog), ends, opener);
    }

    /** The requirements that these logs allow to check. */
    List<Requirement> requirements() {
        return List.of(Requirement.values()).stream()
                .filter(requirement -> requirement != Requirement.SERVICE || service.isPresent())
                .toList();
    }
}
