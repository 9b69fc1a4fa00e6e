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
 * @param services the service's log if it is given; of a service on several nodes those of the nodes
 * @param ends how each participant ended, if that is known; then the logs of all participants are given
 * @param opener opens the files
 */
public record LogSet(
        Map<String, RotatedLog> participants,
        List<RotatedLog> services,
        Optional<Map<String, KnownEnd>> ends,
        LogLines.Opener opener) {

    public LogSet {
        services = List.copyOf(services);
    }

    /** How a participant is known to have ended. */
    public enum KnownEnd {
        /** It left. */
        LEFT,
        /** Its process was killed, so its log may end anywhere. */
        KILLED
    }

    /** Logs about which only their content is known. */
    public static LogSet of(Map<String, RotatedLog> participants, List<RotatedLog> services) {
        return new LogSet(participants, services, Optional.empty(), Files::newInputStream);
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
        return new LogSet(participants, List.of(), Optional.of(ends), Files::newInputStream);
    }

    /** The same logs and those of the service, or of its nodes. */
    public LogSet with(List<RotatedLog> serviceLogs) {
        return new LogSet(participants, serviceLogs, ends, opener);
    }

    /** The requirements that these logs allow to check. */
    List<Requirement> requirements() {
        return List.of(Requirement.values()).stream()
                .filter(requirement -> requirement != Requirement.SERVICE || !services.isEmpty())
                .toList();
    }
}
