package io.chittychat.bench.cluster;

import io.chittychat.bench.BenchException;
import io.chittychat.session.ChatListener;
import io.chittychat.session.SessionEnd;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A participant who reads, and notices how long nothing arrives. It checks that it receives every message of each sender, once
 * and in order.
 *
 * <p>Threading: any thread.
 */
final class Follower implements ChatListener, AutoCloseable {

    private final Map<String, Long> heard = new HashMap<>(); // guarded by this; the newest sequence of each sender
    private long receivedAt = System.nanoTime(); // guarded by this
    private long longestGap; // guarded by this; nanoseconds
    private @Nullable String problem; // guarded by this
    private @Nullable Participant participant; // written before it is used

    /**
     * Joins.
     *
     * @param addresses with commas between them, in the order in which they are tried
     */
    static Follower join(String addresses, String name) {
        Follower follower = new Follower();
        follower.participant = Participant.join(addresses, name, follower);
        return follower;
    }

    @Override
    public synchronized void received(Event event, long clock) {
        long now = System.nanoTime();
        longestGap = Math.max(longestGap, now - receivedAt);
        receivedAt = now;
        if (event.getType() == EventType.EVENT_TYPE_PUBLISHED) {
            Long before = heard.put(event.getParticipant(), event.getSequence());
            if (event.getSequence() != (before == null ? 1 : before + 1)) {
                note("after message %s of %s came message %d"
                        .formatted(before, event.getParticipant(), event.getSequence()));
            }
        }
    }

    @Override
    public synchronized void missed(long after, long before) {
        note("events between the times %d and %d were missed".formatted(after, before));
    }

    @Override
    public synchronized void ended(SessionEnd end) {
        if (end.reason() != SessionEnd.Reason.LEFT) {
            note("its session ended: " + end);
        }
    }

    private void note(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    /** Forgets earlier gaps. */
    synchronized void watch() {
        longestGap = 0;
    }

    /**
     * The longest time in which nothing arrived, in nanoseconds: from the newest event before {@link #watch} up to the newest
     * event now.
     */
    synchronized long longestGap() {
        return longestGap;
    }

    /**
     * Whether it has received the messages of a sender up to a sequence.
     *
     * @throws BenchException if something is lost, doubled or out of order
     */
    synchronized boolean hasHeard(String sender, long sequence) {
        if (problem != null) {
            throw new BenchException("a follower saw what must not be: " + problem);
        }
        return heard.getOrDefault(sender, 0L) >= sequence;
    }

    /** The address of the node from which it reads. */
    String address() {
        return joined().session().address().orElse("");
    }

    private Participant joined() {
        if (participant == null) {
            throw new IllegalStateException("not joined");
        }
        return participant;
    }

    @Override
    public void close() {
        joined().close();
    }
}
