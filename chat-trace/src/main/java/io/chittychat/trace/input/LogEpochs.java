package io.chittychat.trace.input;

import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.log.EpochLines;
import io.chittychat.trace.log.RotatedLog;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The epochs of the service that logs cover: usually one, and another one for each backup that was restored. Only lines of one
 * epoch can be read side by side. Not safe for use by several threads.
 */
public final class LogEpochs {

    /**
     * The life of one log of the service, in which Lamport times can be compared.
     *
     * @param id its identity
     * @param began the time of the first record that names it, by a wall clock
     */
    public record Epoch(String id, Instant began) {}

    private final FoundLogs logs;
    private final Map<String, Map<String, EpochLines.Part>> participants = new TreeMap<>();
    private final Map<RotatedLog, Map<String, EpochLines.Part>> services = new LinkedHashMap<>();
    private final List<Epoch> epochs;

    private LogEpochs(FoundLogs logs) {
        this.logs = logs;
        LogSet set = logs.logs();
        set.participants().forEach((name, log) -> participants.put(name, EpochLines.ofParticipant(log, set.opener())));
        set.services().forEach(log -> services.put(log, EpochLines.ofService(log, Files::newInputStream)));
        Map<String, Instant> began = new HashMap<>();
        participants.values().forEach(parts -> begin(parts, began));
        services.values().forEach(parts -> begin(parts, began));
        this.epochs = began.entrySet().stream()
                .map(epoch -> new Epoch(epoch.getKey(), epoch.getValue()))
                .sorted(Comparator.comparing(Epoch::began).thenComparing(Epoch::id))
                .toList();
    }

    private static void begin(Map<String, EpochLines.Part> parts, Map<String, Instant> began) {
        parts.forEach(
                (epoch, part) -> began.merge(epoch, part.began(), (one, other) -> one.isBefore(other) ? one : other));
    }

    /** Finds the epochs of logs. */
    public static LogEpochs of(FoundLogs logs) {
        return new LogEpochs(logs);
    }

    /** The epochs, the oldest first; none if the logs name none. */
    public List<Epoch> all() {
        return epochs;
    }

    /**
     * The epoch with this identity, or with an identity that begins so.
     *
     * @throws TraceException if there is none, or more than one
     */
    public Epoch named(String id) {
        List<Epoch> meant =
                epochs.stream().filter(epoch -> epoch.id().startsWith(id)).toList();
        if (meant.size() != 1) {
            throw new TraceException("%s epoch of the logs begins with '%s'; the epochs are: %s"
                    .formatted(
                            meant.isEmpty() ? "no" : "more than one",
                            id,
                            epochs.stream().map(Epoch::id).collect(Collectors.joining(", "))));
        }
        return meant.get(0);
    }

    /** The lines of the newest epoch. */
    public FoundLogs newest() {
        return epochs.isEmpty() ? logs : of(epochs.get(epochs.size() - 1));
    }

    /** The lines of an epoch; all lines if there is only one epoch. */
    public FoundLogs of(Epoch epoch) {
        if (epochs.size() < 2) {
            return logs;
        }
        Map<String, RotatedLog> some = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        logs.logs().participants().forEach((name, log) -> {
            Map<String, EpochLines.Part> parts = participants.getOrDefault(name, Map.of());
            part(log, parts, epoch).ifPresent(part -> some.put(name, part));
            if (parts.isEmpty()) {
                notes.add(log.file() + " names no epoch of the service, so it was not read");
            }
        });
        List<RotatedLog> someServices = logs.logs().services().stream()
                .flatMap(log -> part(log, services.getOrDefault(log, Map.of()), epoch).stream())
                .toList();
        return logs.only(some, someServices, notes);
    }

    private static Optional<RotatedLog> part(RotatedLog log, Map<String, EpochLines.Part> parts, Epoch epoch) {
        return Optional.ofNullable(parts.get(epoch.id())).map(part -> log.only(part.ranges()));
    }
}
