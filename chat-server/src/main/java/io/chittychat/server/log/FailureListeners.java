package io.chittychat.server.log;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners to the failure of a log. Each of them runs once, whether it is added before the failure or after it.
 *
 * <p>Threading: any thread.
 */
public final class FailureListeners {

    private static final Logger LOG = LoggerFactory.getLogger(FailureListeners.class);

    private final List<Runnable> listeners = new ArrayList<>(); // guarded by this
    private boolean failed; // guarded by this

    /** Adds a listener; runs it at once if the log has failed. */
    public void add(Runnable listener) {
        synchronized (this) {
            if (!failed) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Runs all listeners. An exception of one does not keep the others from running. */
    public void failed() {
        List<Runnable> all;
        synchronized (this) {
            failed = true;
            all = List.copyOf(listeners);
        }
        all.forEach(FailureListeners::runGuarded);
    }

    private static void runGuarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A listener to the failure of the log failed", e);
        }
    }
}
