package io.chittychat.server.log.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Applies what the shared log has when a node starts, from the node's place to the end.
 *
 * <p>Threading: the starting thread.
 */
final class Replay {

    private static final Duration POLL = Duration.ofMillis(100);

    private final SharedLog shared;
    private final Applier applier;
    private final Duration patience;
    private long deadline; // nanoseconds; moves while something is read

    /** @param patience how long nothing may be read */
    Replay(SharedLog shared, Applier applier, Duration patience) {
        this.shared = shared;
        this.applier = applier;
        this.patience = patience;
    }

    /** @throws StartException if that is not possible */
    void run() {
        deadline = System.nanoTime() + patience.toNanos();
        try {
            shared.seek(applier.offset());
            applyTo(awaitEnd());
        } catch (SharedLog.GoneException | UnknownEntryException e) {
            throw new StartException("this node cannot go on with the shared log: " + e.getMessage(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("the shared log cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("the start was interrupted", e);
        }
    }

    /** Asks for the end until it is known: brokers may change at this moment. */
    private long awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return shared.end().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (isOver()) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        }
    }

    private void applyTo(long end) throws SharedLog.GoneException, UnknownEntryException, TimeoutException {
        if (applier.offset() > end) {
            throw new SharedLog.GoneException("it ends at place " + end + ", and this node has read up to place "
                    + applier.offset() + ": the shared log has lost its end");
        }
        while (applier.offset() < end) {
            List<LogRecord> records = shared.poll(POLL);
            applier.apply(records);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (isOver()) {
                throw new TimeoutException("nothing could be read for " + patience.toSeconds() + " s");
            }
        }
    }

    private boolean isOver() {
        return System.nanoTime() - deadline > 0;
    }
}
