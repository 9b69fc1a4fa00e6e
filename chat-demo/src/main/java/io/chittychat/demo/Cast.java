package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.LogSet.KnownEnd;
import io.chittychat.trace.log.LogRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The participants: those that were started, are in the chat, and are connected. Not safe for use by several threads. */
final class Cast {

    private final Function<String, DemoParticipant> starter;
    private final Map<String, DemoParticipant> started = new LinkedHashMap<>();
    private final Map<String, DemoParticipant> present = new LinkedHashMap<>();

    /** The Lamport times of the joins. */
    private final Map<String, Long> joined = new HashMap<>();

    /** Participants without a connection, with the last line of the log when it was lost. */
    private final Map<String, Integer> offline = new HashMap<>();

    private final Set<String> killed = new TreeSet<>();

    Cast(Function<String, DemoParticipant> starter) {
        this.starter = starter;
    }

    /** Starts a participant, unless it is running. */
    DemoParticipant start(String name) {
        return started.computeIfAbsent(name, starter);
    }

    boolean isStarted(String name) {
        return started.containsKey(name);
    }

    /** A participant who is in the chat. */
    DemoParticipant get(String name) {
        DemoParticipant participant = present.get(name);
        if (participant == null) {
            throw new IllegalArgumentException(name + " is not in the chat");
        }
        return participant;
    }

    void entered(DemoParticipant participant, long lamport) {
        present.put(participant.name(), participant);
        joined.put(participant.name(), lamport);
    }

    void left(DemoParticipant participant) {
        present.remove(participant.name());
    }

    void killed(DemoParticipant participant) {
        present.remove(participant.name());
        offline.remove(participant.name());
        killed.add(participant.name());
    }

    /** @param line the last line of its log */
    void disconnected(DemoParticipant participant, int line) {
        offline.put(participant.name(), line);
    }

    void connected(DemoParticipant participant) {
        offline.remove(participant.name());
    }

    boolean isConnected(DemoParticipant participant) {
        return !offline.containsKey(participant.name());
    }

    /** The last line of a participant's log when its connection was lost; 0 if it is connected. */
    int lostAt(DemoParticipant participant) {
        return offline.getOrDefault(participant.name(), 0);
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    /** All connected participants in the chat, in the order of their joins. */
    List<DemoParticipant> connected() {
        return present.values().stream().filter(this::isConnected).toList();
    }

    /** Waits until every connected participant that must receive an event has it; returns the copies. */
    List<LogRecord> awaitEvent(long lamport) {
        return connected().stream()
                .filter(participant -> joined.getOrDefault(participant.name(), 0L) <= lamport)
                .map(participant -> participant.awaitEvent(lamport))
                .toList();
    }

    /** All participants whose process was not killed. */
    List<DemoParticipant> alive() {
        return started.values().stream()
                .filter(participant -> !killed.contains(participant.name()))
                .toList();
    }

    /** The last line of a participant's log. */
    static int lastLine(DemoParticipant participant) {
        List<LogRecord> records = participant.log().records();
        return records.isEmpty() ? 0 : records.get(records.size() - 1).line();
    }

    /** The logs of all participants, and how each participant ended. */
    LogSet logs() {
        Map<String, KnownEnd> ends = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        started.forEach((name, participant) -> {
            if (joined.containsKey(name)) {
                ends.put(name, killed.contains(name) ? KnownEnd.KILLED : KnownEnd.LEFT);
                files.put(name, participant.logFile());
            }
        });
        return LogSet.watched(ends, name -> files.getOrDefault(name, Path.of("")));
    }
}
