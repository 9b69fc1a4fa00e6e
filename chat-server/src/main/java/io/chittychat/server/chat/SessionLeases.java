package io.chittychat.server.chat;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Expires sessions that gave no sign of life for a whole resume window. Any call and any open stream is a sign of life.
 *
 * <p>After an OK answer, a session lives for at least another window:
 *
 * <ul>
 *   <li>A call with a command holds the lease from before its command is submitted until it is answered. So an expiry
 *       is submitted either before that command, which the room then refuses, or a whole window after the answer.
 *   <li>A repeated join learns its session only in the room. The room refuses an expiry that does not name the newest
 *       join.
 *   <li>A call that needs no command is refused while an expiry is under way.
 * </ul>
 *
 * <p>Threading: any thread.
 */
public final class SessionLeases implements Leases {

    private final CommandLog log;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Duration resumeWindow;
    private final long window; // the resume window in nanoseconds
    private final ServiceLog serviceLog;
    private final Map<SessionId, Lease> leases = new ConcurrentHashMap<>();
    private final Queue<SessionId> resumed = new ConcurrentLinkedQueue<>(); // held until beginWindows

    /**
     * Creates an empty set of leases.
     *
     * @param timer runs the checks
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param resumeWindow how long a session lives without a sign of life
     * @param serviceLog gets a line for each session that expired
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

    @Override
    public Duration resumeWindow() {
        return resumeWindow;
    }

    @Override
    public void open(SessionId session, SessionId join) {
        Lease lease = new Lease(session, join);
        Lease earlier = leases.putIfAbsent(session, lease);
        if (earlier == null) {
            lease.checkAfter(window);
        } else {
            earlier.joinedAgain(join);
        }
    }

    /** A session goes on after a restart; its window begins at {@link #beginWindows}. */
    public void resume(SessionId session) {
        open(session, session);
        hold(session);
        resumed.add(session);
    }

    /**
     * Begins the windows of resumed sessions. Call it when the service is ready, so that their clients can come back.
     */
    public void beginWindows() {
        for (SessionId session = resumed.poll(); session != null; session = resumed.poll()) {
            release(session);
        }
    }

    @Override
    public void touch(SessionId session) {
        Lease lease = leases.get(session);
        if (lease != null) {
            lease.hold(0);
        }
    }

    @Override
    public boolean hold(SessionId session) {
        Lease lease = leases.get(session);
        if (lease == null) {
            return false;
        }
        lease.hold(1);
        return true;
    }

    @Override
    public boolean holdAttached(SessionId session) {
        return hold(session);
    }

    @Override
    public void releaseAttached(SessionId session) {
        release(session);
    }

    @Override
    public boolean holdUnlessExpiring(SessionId session) {
        Lease lease = leases.get(session);
        return lease != null && lease.holdUnlessExpiring();
    }

    @Override
    public <R extends Result> Reply<R> holdUntilAnswered(SessionId session, Reply<R> reply) {
        return hold(session) ? new HeldReply<>(session, reply) : reply;
    }

    @Override
    public void release(SessionId session) {
        Lease lease = leases.get(session);
        if (lease != null) {
            lease.hold(-1);
        }
    }

    @Override
    public void whenCurrent(SessionId session, Runnable current, Runnable unavailable) {
        current.run(); // everything that was accepted is visible, and holdUnlessExpiring sees whether an expiry is
        // under way
    }

    @Override
    public void end(SessionId session) {
        leases.remove(session);
    }

    /** Releases the session when the reply is delivered. */
    private final class HeldReply<R extends Result> implements Reply<R> {

        private final SessionId session;
        private final Reply<R> reply;

        HeldReply(SessionId session, Reply<R> reply) {
            this.session = session;
            this.reply = reply;
        }

        @Override
        public void accepted(R result) {
            release(session);
            reply.accepted(result);
        }

        @Override
        public void refused(Refusal refusal) {
            release(session);
            reply.refused(refusal);
        }
    }

    /** The signs of life of one session. */
    private final class Lease {

        private final SessionId session;
        private int holders; // guarded by this; open streams, and calls that are not answered yet
        private long lastSign; // guarded by this; in nanoseconds
        private SessionId newestJoin; // guarded by this; the newest join that was answered
        private boolean expiring; // guarded by this; an expiry that the room may accept is under way

        Lease(SessionId session, SessionId join) {
            this.session = session;
            this.newestJoin = join;
            this.lastSign = nanoTime.getAsLong();
        }

        synchronized void hold(int more) {
            holders += more;
            lastSign = nanoTime.getAsLong();
        }

        synchronized boolean holdUnlessExpiring() {
            if (!expiring) {
                hold(1);
            }
            return !expiring;
        }

        /** The room refuses every expiry that names an older join. */
        synchronized void joinedAgain(SessionId join) {
            newestJoin = join;
            expiring = false;
            lastSign = nanoTime.getAsLong();
        }

        private synchronized void expiryRefused() {
            expiring = false;
        }

        void checkAfter(long nanos) {
            timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }

        /** Expires the session if it is due, or checks again when it could be. */
        private void check() {
            if (leases.get(session) != this) {
                return;
            }
            long due;
            synchronized (this) {
                long now = nanoTime.getAsLong();
                due = holders > 0 ? window : lastSign + window - now;
                if (due <= 0) {
                    expiring = true;
                    log.submit(new Command.Expire(session, newestJoin), new Expiry());
                }
            }
            if (due > 0) {
                checkAfter(due);
            }
        }

        /** Checks again a window later if the room refused, unless the session is gone or the log is closed. */
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
                    case SHUTTING_DOWN -> {}
                    default -> {
                        expiryRefused();
                        checkAfter(window);
                    }
                }
            }
        }
    }
}
