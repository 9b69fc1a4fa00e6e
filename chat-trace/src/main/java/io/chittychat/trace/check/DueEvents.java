package io.chittychat.trace.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The events that a participant must receive, according to its own log: from its own join, or the place from which it asked to
 * read, up to its own leave; also across a lost connection, and across an expired session if the next session reads on; but
 * not those between a leave and the next join. Received events are forgotten, so memory does not grow with the log.
 *
 * <p>Not safe for use by several threads.
 */
final class DueEvents {

    /** Events later than {@code after} and up to {@code to} may come; those up to {@code sure} must come. */
    private record Span(long after, long to, long sure) {}

    private final List<Span> closed = new ArrayList<>();
    private boolean open;
    private long openAfter;
    private long sure; // the service says that all due events up to here were sent
    private long cursor; // newest event, or notice that everything was sent
    private boolean broken;
    private boolean gone; // the service has deleted the next events

    /**
     * The participant asks for events.
     *
     * @param after the place to read from; 0 for its own join
     * @param joined the Lamport time of its join
     * @return whether the request skips no event
     */
    boolean attach(long after, long joined) {
        long from = after == 0 ? Math.max(0, joined - 1) : after;
        if (open && (from == cursor || from == openAfter)) {
            return true; // reads on
        }
        long known = Math.max(cursor, openAfter);
        boolean begins = !open && cursor == 0; // this log does not show where the place comes from
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

    /** All events up to a time were received. */
    void caughtUp(long lamport) {
        sure = Math.max(sure, lamport);
        cursor = Math.max(cursor, lamport);
        broken = false;
    }

    /**
     * The stream broke.
     *
     * @param gone because the service has deleted the next events
     */
    void broken(boolean gone) {
        broken = true;
        this.gone |= gone;
    }

    /** The participant left: all earlier events are due, unless its stream was broken. */
    void left(long lamport) {
        close(lamport - 1, broken ? sure : lamport - 1);
    }

    private void close(long to, long surely) {
        if (open && to > openAfter) {
            closed.add(new Span(openAfter, to, surely));
        }
        open = false;
    }

    /** Whether it is in the chat and reads. */
    boolean isOpen() {
        return open;
    }

    /** Whether the event of a time may be received now. */
    boolean includes(long lamport) {
        return (open && lamport > openAfter)
                || closed.stream().anyMatch(span -> lamport > span.after() && lamport <= span.to());
    }

    /**
     * Whether the event of a time, later than all received ones, had to be received.
     *
     * @param next the Lamport time of the next event in the log, {@link Long#MAX_VALUE} if none follows: what was received of a
     *     stay has no gap before it
     */
    boolean isDue(long lamport, long next) {
        if (open && lamport > openAfter && (next < Long.MAX_VALUE || lamport <= sure)) {
            return true;
        }
        for (Span span : closed) {
            if (lamport > span.after() && lamport <= (next <= span.to() ? span.to() : span.sure())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the participant has received all events since a time. */
    boolean knowsAllSince(long lamport) {
        return open && openAfter <= lamport;
    }
}
