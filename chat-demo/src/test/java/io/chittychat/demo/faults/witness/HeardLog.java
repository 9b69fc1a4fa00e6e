package io.chittychat.demo.faults.witness;

import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What one participant has heard, checked event by event. Safe for use by several threads. */
final class HeardLog {

    private final String name;
    private final TreeMap<Long, Integer> hashes = new TreeMap<>(); // Lamport time to the event's hash
    private final Map<Long, Long> own = new HashMap<>(); // sequence to Lamport time
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private long newest; // Lamport time of the last event, 0 for none

    /** @param name whose own messages are told from those of others */
    HeardLog(String name) {
        this.name = name;
    }

    /** Adds the next event; a gap, a step back or a second copy is a problem. */
    synchronized void add(Event event) {
        long time = event.getLamportTime();
        if (newest > 0 && (event.getPreviousLamportTime() != newest || time <= newest)) {
            problems.add("after the event at %d came %s".formatted(newest, event));
        }
        hashes.put(time, event.hashCode());
        newest = time;
        boolean isOwn = event.getType() == EventType.EVENT_TYPE_PUBLISHED
                && event.getParticipant().equals(name);
        if (isOwn && own.put(event.getSequence(), time) != null) {
            problems.add("heard twice: %s".formatted(event));
        }
    }

    /** Whether an acknowledged message was heard, at that time. */
    synchronized boolean heard(long sequence, long time) {
        return Long.valueOf(time).equals(own.get(sequence));
    }

    /** Compares part of the log, as the service reads it out later, with what was heard. */
    synchronized void compare(List<Event> events) {
        for (Event event : events) {
            Integer heard = hashes.get(event.getLamportTime());
            boolean isDue = !hashes.isEmpty()
                    && event.getLamportTime() >= hashes.firstKey()
                    && event.getLamportTime() <= newest;
            if (isDue && (heard == null || heard != event.hashCode())) {
                problems.add("in the log, and not heard so: %s".formatted(event));
            }
        }
    }

    synchronized long oldest() {
        return hashes.isEmpty() ? 0 : hashes.firstKey();
    }

    synchronized int events() {
        return hashes.size();
    }

    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
