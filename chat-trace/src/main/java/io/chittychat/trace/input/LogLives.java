package io.chittychat.trace.input;

import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.log.Lives;
import io.chittychat.trace.log.LogFile;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The lives of the service that logs are of: usually one, and one more for each backup that was put in place. Only what is of
 * one life can be read side by side. Not safe for use by several threads.
 */
public final class LogLives {

    /**
     * A life.
     *
     * @param epoch its identity
     * @param began when a log first told of it, by a wall clock
     */
    public record Life(String epoch, Instant began) {}

    private final LogArguments logs;
    private final Map<String, Map<String, Lives.Part>> participants = new TreeMap<>();
    private final Map<String, Lives.Part> service;
    private final List<Life> lives;

    private LogLives(LogArguments logs) {
        this.logs = logs;
        LogSet set = logs.logs();
        set.participants().forEach((name, log) -> participants.put(name, Lives.ofParticipant(log, set.opener())));
        this.service = set.service()
                .map(log -> Lives.ofService(log, Files::newInputStream))
                .orElse(Map.of());
        Map<String, Instant> began = new HashMap<>();
        participants.values().forEach(parts -> begin(parts, began));
        begin(service, began);
        this.lives = began.entrySet().stream()
                .map(life -> new Life(life.getKey(), life.getValue()))
                .sorted(Comparator.comparing(Life::began).thenComparing(Life::epoch))
                .toList();
    }

    private static void begin(Map<String, Lives.Part> parts, Map<String, Instant> began) {
        parts.forEach(
                (epoch, part) -> began.merge(epoch, part.began(), (one, other) -> one.isBefore(other) ? one : other));
    }

    /** Reads of which lives the logs are. */
    public static LogLives of(LogArguments logs) {
        return new LogLives(logs);
    }

    /** Them, the oldest first; none if the logs do not tell. */
    public List<Life> all() {
        return lives;
    }

    /**
     * The one that an epoch, or the beginning of one, stands for.
     *
     * @throws TraceException if there is none, or more than one
     */
    public Life named(String epoch) {
        List<Life> meant =
                lives.stream().filter(life -> life.epoch().startsWith(epoch)).toList();
        if (meant.size() != 1) {
            throw new TraceException("%s epoch of the logs begins with '%s'; they are of: %s"
                    .formatted(
                            meant.isEmpty() ? "no" : "more than one",
                            epoch,
                            lives.stream().map(Life::epoch).collect(Collectors.joining(", "))));
        }
        return meant.get(0);
    }

    /** What of the logs is of the newest life. */
    public LogArguments newest() {
        return lives.isEmpty() ? logs : of(lives.get(lives.size() - 1));
    }

    /** What of the logs is of one life; all of them if there is only one. */
    public LogArguments of(Life life) {
        if (lives.size() < 2) {
            return logs;
        }
        Map<String, LogFile> some = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        logs.logs().participants().forEach((name, log) -> {
            Map<String, Lives.Part> parts = participants.getOrDefault(name, Map.of());
            part(log, parts, life).ifPresent(part -> some.put(name, part));
            if (parts.isEmpty()) {
                notes.add(log.file() + " does not tell of which life of the service it is, so it was not read");
            }
        });
        return logs.only(some, logs.logs().service().flatMap(log -> part(log, service, life)), notes);
    }

    private static Optional<LogFile> part(LogFile log, Map<String, Lives.Part> parts, Life life) {
        return Optional.ofNullable(parts.get(life.epoch())).map(part -> log.only(part.stretches()));
    }
}
