package io.chittychat.server.store;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a migration, for an operator who waits. */
final class MigrationProgress {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);
    private static final long PERIOD = Duration.ofSeconds(2).toNanos();

    private final String what;
    private final long all;
    private final long began = System.nanoTime();
    private long reported = began;
    private long done;

    /**
     * @param what is being done, such as "Adding ..."
     * @param all the number of events
     */
    MigrationProgress(String what, long all) {
        this.what = what;
        this.all = all;
    }

    void add(int events) {
        done += events;
        long now = System.nanoTime();
        if (events > 0 && (now - reported >= PERIOD || (done == all && reported != began))) {
            reported = now;
            LOG.info(
                    "{}: {} of {} in {} s",
                    what,
                    done,
                    all,
                    Duration.ofNanos(now - began).toSeconds());
        }
    }
}
