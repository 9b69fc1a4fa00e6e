package io.chittychat.server.rpc;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches for signs of life: an open stream, or any call. A session without one for the resume window is expired.
 *
 * <p>A sign of life that is given before a command is submitted, and an expiry that is submitted while no sign can be
 * given, cannot cross: a session never expires right after a command of its own that came in time.
 *
 * <p>Threading: any thread.
 */
public final class SessionLeases {

    private final CommandLog log;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Duration resumeWindow;
    private final long window; // the same in nanoseconds
    private final ServiceLog serviceLog;
    private final Map<SessionId, Lease> leases = new ConcurrentHashMap<>();

    /**
     * @param timer runs the checks
     * @param nanoTime a clock that never jumps, in nanoseconds
     * @param resumeWindow for how long a session lives without a sign of life
     * @param serviceLog is told of sessions that expired
     */
    public SessionLeases(
            CommandLog log,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            Duration resumeWindow,
            ServiceLog serviceLog) {
        this.log = log;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.resumeWindow = resumeWindow;
        this.window = resumeWindow.toNanos();
        this.serviceLog = serviceLog;
    }

    /** For how long a session lives without a sign of life. */
    Duration resumeWindow() {
        return resumeWindow;
    }

    /** A session begins; or its join was repeated, which is a sign of life. */
    void open(SessionId session) {
        Lease lease = new Lease(session);
        if (leases.putIfAbsent(session, lease) == null) {
            lease.checkAfter(window);
        } else {
            touch(session);
        }
    }

    /** A session goes on after a restart: its window begins when it is {@linkplain #release released}. */
    public void resume(SessionId session) {
        open(session);
        hold(session);
    }

    /** A session gave a sign of life. Nothing happens if there is no such session. */
    void touch(SessionId session) {
        Lease lease = leases.get(session);
        if (lease != null) {
            lease.hold(0);
        }
    }

    /**
     * A session opens a stream, which keeps it alive until {@link #release}.
     *
     * @return whether there is such a session
     */
    boolean hold(SessionId session) {
        Lease lease = leases.get(session);
        if (lease == null) {
            return false;
        }
        lease.hold(1);
        return true;
    }

    /** A stream of a session ended; its resume window begins if that was the last one. */
    public void release(SessionId session) {
        Lease lease = leases.get(session);
        if (lease != null) {
            lease.hold(-1);
        }
    }

    /** A session ended. */
    void end(SessionId session) {
        leases.remove(session);
    }

    /** What is known of one session's life. */
    private final class Lease {

        private final SessionId session;
        private int streams; // guarded by this
        private long lastSign; // guarded by this; nanoseconds

        Lease(SessionId session) {
            this.session = session;
            this.lastSign = nanoTime.getAsLong();
        }

        synchronized void hold(int more) {
            streams += more;
            lastSign = nanoTime.getAsLong();
        }

        void checkAfter(long nanos) {
            timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }

        /** Expires the session, or looks again when it could be due. */
        private void check() {
            if (leases.get(session) != this) {
                return;
            }
            long due;
            synchronized (this) {
                long now = nanoTime.getAsLong();
                due = streams > 0 ? window : lastSign + window - now;
                if (due <= 0) {
                    log.submit(new Command.Expire(session), new Expiry());
                }
            }
            if (due > 0) {
                checkAfter(due);
            }
        }

        /** Looks again if the session could not be expired for now; if it is gone there is nothing left to do. */
        private final class Expiry implements Reply<Result.Left> {
            @Override
            public void accepted(Result.Left left) {
                end(session);
                serviceLog.expired(left.participant(), left.lamportTime());
            }

            @Override
            public void refused(Refusal refusal) {
                switch (refusal) {
                    case SESSION_UNKNOWN -> end(session);
                    case SHUTTING_DOWN, LOG_UNAVAILABLE -> {}
                    default -> checkAfter(window);
                }
            }
        }
    }
}
