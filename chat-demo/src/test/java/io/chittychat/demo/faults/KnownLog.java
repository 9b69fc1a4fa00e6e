package io.chittychat.demo.faults;

import io.chittychat.demo.faults.Ledger.Said;
import io.chittychat.v1.Event;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log as the service shows it, checked while it is read on. Not safe for use by several threads. */
final class KnownLog {

    private static final int PAGE = 1000;

    private final Map<Said, Long> said = new HashMap<>();
    private final Map<String, Long> joined = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private final Map<Long, Integer> hashes = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int duplicates;
    private long newest;

    /** Reads new events. Returns the service's Lamport time. */
    long readOn(Connection connection, String token) {
        while (true) {
            ListEventsResponse page = connection
                    .calls()
                    .listEvents(ListEventsRequest.newBuilder()
                            .setSessionToken(token)
                            .setAfterLamportTime(newest)
                            .setPageSize(PAGE)
                            .build());
            page.getEventsList().forEach(this::add);
            if (page.getEventsCount() < PAGE) {
                return page.getLamportTime();
            }
        }
    }

    private void add(Event event) {
        long time = event.getLamportTime();
        require(time > newest, event, "is not later than the one before, at " + newest);
        require(event.getPreviousLamportTime() == newest, event, "is not chained to the one before, at " + newest);
        require(event.getParticipantLamportTime() < time, event, "is not later than its cause");
        newest = time;
        hashes.put(time, event.hashCode());
        String name = event.getParticipant();
        switch (event.getType()) {
            case EVENT_TYPE_JOINED -> once(joined.putIfAbsent(name, time), event);
            case EVENT_TYPE_LEFT -> once(left.putIfAbsent(name, time), event);
            case EVENT_TYPE_PUBLISHED -> {
                once(said.putIfAbsent(new Said(name, event.getSequence()), time), event);
                require(
                        event.getText().equals(Participant.text(name, event.getSequence())),
                        event,
                        "is not what was said");
            }
            default -> require(false, event, "is of no known type");
        }
    }

    private void once(Long earlier, Event event) {
        if (earlier != null) {
            duplicates++;
            problems.add("twice, at %d and again: %s".formatted(earlier, event));
        }
    }

    private void require(boolean holds, Event event, String problem) {
        if (!holds) {
            problems.add("%s: %s".formatted(problem, event));
        }
    }

    /** Whether it has exactly that event. */
    boolean has(Event event) {
        Integer hash = hashes.get(event.getLamportTime());
        return hash != null && hash == event.hashCode();
    }

    Map<Said, Long> said() {
        return said;
    }

    Map<String, Long> joined() {
        return joined;
    }

    Map<String, Long> left() {
        return left;
    }

    int events() {
        return hashes.size();
    }

    int duplicates() {
        return duplicates;
    }

    /** Lamport time of the newest event. */
    long newest() {
        return newest;
    }

    List<String> problems() {
        return problems;
    }

    boolean isSameAs(KnownLog other) {
        return hashes.equals(other.hashes);
    }
}
