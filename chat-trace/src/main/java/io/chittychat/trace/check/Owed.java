package io.chittychat.trace.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Which events a participant is owed, as its own log tells: from its own join, or the place from which it asked to read, up
 * to its own leave; across a lost connection, and across a session that expired if the next one read on; and nothing of
 * the time between a leave and the next join. What was received is forgotten, so it does not grow with the log.
 *
 * <p>Not safe for use by several threads.
 */
final class Owed {

    /** Events later than {@code after}, up to {@code to}, may come; those up to {@code sure} must. */
    private record Span(long after, long to, long sure) {}

    private final List<Span> closed = new ArrayList<>();
    private boolean open;
    private long openAfter;
    private long sure; // everything that is owed up to here is said to have been sent
    private long cursor; // newest event or news that all was sent
    private boolean broken;
    private boolean gone; // what comes next is not kept any more

    /**
     * It asks for events.
     *
     * @param after the place to read from; 0 for its own join
     * @param joined the Lamport time of its join
     * @return whether that leaves nothing out
     */
    boolean attach(long after, long joined) {
        long from = after == 0 ? Math.max(0, joined - 1) : after;
        if (open && (from == cursor || from == openAfter)) {
            return true; // reads on
        }
        long known = Math.max(cursor, openAfter);
        boolean begins = !open && cursor == 0; // where it got the place from is not in this log
        boolean whole = after == 0 || after <= known || begins || gone;
        gone = false;
        close(sure, sure);
        open = true;
        openAfter = from;
        sure = from;
        return whole;
    }

    /** An event was received. */
    void received(long lamport) {
        closed.removeIf(span -> span.to() <= lamport);
        closed.replaceAll(span -> new Span(Math.max(span.after(), lamport), span.to(), span.sure()));
        openAfter = Math.max(openAfter, lamport);
        caughtUp(lamport);
    }

    /** Everything up to a time was received. */
    void caughtUp(long lamport) {
        sure = Math.max(sure, lamport);
        cursor = Math.max(cursor, lamport);
        broken = false;
    }

    /**
     * The stream broke.
     *
     * @param gone because what it asked for is not kept any more
     */
    void broken(boolean gone) {
        broken = true;
        this.gone |= gone;
    }

    /** It left: owed is everything before that, unless it had no stream any more. */
    void left(long lamport) {
        close(lamport - 1, broken ? sure : lamport - 1);
    }

    private void close(long to, long surely) {
        if (open && to > openAfter) {
            closed.add(new Span(openAfter, to, surely));
        }
        open = false;
    }

    /** Whether the event at a time may be received now. */
    boolean includes(long lamport) {
        return (open && lamport > openAfter)
                || closed.stream().anyMatch(span -> lamport > span.after() && lamport <= span.to());
    }

    /**
     * Whether the event at a time, which is later than what was received, was to be received.
     *
     * @param more whether a later event follows in the log
     */
    boolean isOwed(long lamport, boolean more) {
        if (open && lamport > openAfter && (more || lamport <= sure)) {
            return true;
        }
        for (Span span : closed) {
            if (lamport > span.after() && lamport <= span.sure()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it reads, and since where: everything after that was received. */
    boolean knowsAllSince(long lamport) {
        return open && openAfter <= lamport;
    }
}
