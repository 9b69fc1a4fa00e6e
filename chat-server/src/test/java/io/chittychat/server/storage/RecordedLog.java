package io.chittychat.server.storage;

import io.chittychat.server.storage.Lane.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a {@link LogProcess} acknowledged, and what the next one finds in the store: whether they agree. */
final class RecordedLog {

    private static final int REMEMBERED = 256;

    private final Map<Step, Long> acknowledged = new HashMap<>();
    private final Map<Step, Long> recorded = new HashMap<>();
    private final Map<Long, String> events = new HashMap<>();
    private final Map<Long, List<String>> present = new HashMap<>(); // by session: its repeatable publishes
    private final List<String> problems = new ArrayList<>();
    private int duplicates;
    private int lost;
    private long newest;
    private long highest;
    private String epoch = "";

    void acknowledge(Step step, long time) {
        Long earlier = acknowledged.put(step, time);
        if (earlier != null && earlier != time) {
            problems.add("%s was acknowledged with %d, later with %d".formatted(step, earlier, time));
        }
        highest = Math.max(highest, time);
    }

    /** A command was refused; only a leave may be, that was done without an answer. */
    void refuse(Step step, String refusal) {
        if (!step.verb().equals("leave") || !refusal.equals("SESSION_UNKNOWN")) {
            problems.add("%s was refused: %s".formatted(step, refusal));
        }
    }

    /** Lamport time of the newest event. */
    long newest() {
        return newest;
    }

    /**
     * Compares what a process found.
     *
     * @param report what it printed about the store
     * @param whole whether it printed all events, not only the new ones
     */
    void compare(List<String> report, boolean whole) {
        Map<Long, String> before = Map.copyOf(whole ? events : Map.of());
        if (whole) {
            forgetEvents();
        }
        String[] log = report.get(0).split(" ");
        Map<Long, String> stays = new LinkedHashMap<>();
        for (String line : report) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "present" -> stays.put(Long.parseLong(words[1]), words[3]);
                case "event" -> add(line, words);
                default -> {}
            }
        }
        require(events.entrySet().containsAll(before.entrySet()), "an event is gone or has changed");
        require(epoch.isEmpty() || epoch.equals(log[1]), "the epoch has changed");
        epoch = log[1];
        require(Long.parseLong(log[2]) >= highest, "the clock went back to " + log[2] + " from " + highest);
        require(Long.parseLong(log[3]) == newest, "the newest event is not " + log[3]);
        compareSessions(stays);
        compareAcknowledged();
    }

    private void forgetEvents() {
        recorded.clear();
        events.clear();
        present.clear();
        newest = 0;
    }

    private void add(String line, String[] words) {
        long time = Long.parseLong(words[1]);
        long session = Long.parseLong(words[4]);
        long sequence = Long.parseLong(words[5]);
        require(time > newest && Long.parseLong(words[2]) == newest, "out of order after " + newest + ": " + line);
        newest = time;
        events.put(time, line);
        switch (words[3]) {
            case "Joined" -> once(new Step("join", session, 0), time);
            case "Left" -> once(new Step("leave", session, 0), time);
            default -> once(new Step("publish", session, sequence), time);
        }
        if (words[3].equals("Left")) {
            present.remove(session);
        } else {
            List<String> publishes = present.computeIfAbsent(session, any -> new ArrayList<>());
            if (sequence > 0) {
                publishes.add(sequence + ":" + time);
            }
        }
    }

    private void once(Step step, long time) {
        if (recorded.put(step, time) != null) {
            duplicates++;
            problems.add("twice: " + step);
        }
    }

    private void compareSessions(Map<Long, String> stays) {
        require(stays.keySet().equals(present.keySet()), "present are " + stays.keySet() + " of " + present.keySet());
        stays.forEach((session, recent) -> {
            List<String> all = present.getOrDefault(session, List.of());
            String expected =
                    all.stream().skip(Math.max(0, all.size() - REMEMBERED)).collect(Collectors.joining(",", "[", "]"));
            require(recent.equals(expected), "session %d remembers %s of %s".formatted(session, recent, expected));
        });
    }

    private void compareAcknowledged() {
        Set<Step> missing = new HashSet<>();
        acknowledged.forEach((step, time) -> {
            if (!time.equals(recorded.get(step))) {
                missing.add(step);
            }
        });
        lost += missing.size();
        require(missing.isEmpty(), "lost: " + missing);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    List<String> problems() {
        return problems;
    }

    String summary() {
        return "%d events, %d acknowledged, %d lost, %d duplicates"
                .formatted(events.size(), acknowledged.size(), lost, duplicates);
    }
}
