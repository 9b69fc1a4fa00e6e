package io.chittychat.trace.check;

import io.chittychat.trace.log.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the logs of the service side by side: one, or one of each node. A node logs the calls that it answered, and all
 * expiries. A request that was repeated on another node is in both logs, with one time. Not safe for use by several threads.
 */
final class ServiceCursors implements AutoCloseable {

    private final List<ServiceCursor> cursors;

    ServiceCursors(LogSet logs, CheckContext context) {
        this.cursors = logs.services().stream()
                .map(log -> new ServiceCursor(log, logs.opener(), context))
                .toList();
    }

    long records() {
        return cursors.stream().mapToLong(ServiceCursor::records).sum();
    }

    /** Reads each log up to its next step. */
    void advance() {
        cursors.forEach(ServiceCursor::advance);
    }

    /** The time of the next step; {@link Long#MAX_VALUE} if there is none. */
    long nextTime() {
        return cursors.stream().mapToLong(ServiceCursor::nextTime).min().orElse(Long.MAX_VALUE);
    }

    /** Whether no log of the service is given. */
    boolean isEmpty() {
        return cursors.isEmpty();
    }

    /** The next steps of the logs, which are not taken yet. */
    List<ServiceRecord> peek() {
        return cursors.stream()
                .flatMap(cursor -> Optional.ofNullable(cursor.peek()).stream())
                .toList();
    }

    /** A next step has a wrong time, and is that of another one. */
    void takeAs(ServiceRecord step, long lamport) {
        cursors.forEach(cursor -> cursor.takeAs(step, lamport));
    }

    /** The logs lack the step of a time. */
    void misses(long lamport, String what) {
        cursors.get(0).misses(lamport, what);
    }

    /** Takes the records of the step of a time; none if no log has it next. */
    List<ServiceRecord> take(long lamport) {
        List<ServiceRecord> taken = new ArrayList<>();
        for (ServiceCursor cursor : cursors) {
            Optional.ofNullable(cursor.take(lamport)).ifPresent(taken::add);
        }
        return taken;
    }

    /** Whether an event must be in one of the logs, since none of them may lack it. */
    boolean mustHave(long lamport, String type, long sent) {
        return !cursors.isEmpty() && cursors.stream().allMatch(cursor -> cursor.mustHave(lamport, type, sent));
    }

    @Override
    public void close() {
        cursors.forEach(ServiceCursor::close);
    }
}
