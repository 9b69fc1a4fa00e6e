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
 * Watches for signs of life: an open stream, or any call. A session without one for the resume window is expired.
 *
 * <p>No session that was answered OK is condemned already. A call that names its session holds the lease from before its
 * command is submitted until it is answered, so an expiry was submitted before it, and then the call is refused, or a whole
 * window after its answer. A repeated join names its session only in the room, which refuses an expiry that does not know
 * of it. A call that is answered without the room is refused once an expiry is on its way.
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
    private final Queue<SessionId> resumed = new ConcurrentLinkedQueue<>(); // whose windows have still to begin

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

    /**
     * A session begins; or its join was repeated, which is a sign of life.
     *
     * @param join the session that the join had asked for
     */
    public void open(SessionId session, SessionId join) {
        Lease lease = new Lease(session, join);
        Lease earlier = leases.putIfAbsent(session, lease);
        if (earlier == null) {
            lease.checkAfter(window);
        } else {
            earlier.joinedAgain(join);
        }
    }

    /** A session goes on after a restart: its window begins with {@link #beginWindows}. */
    public void resume(SessionId session) {
        open(session, session);
        hold(session);
        resumed.add(session);
    }

    /** The service is ready: from now on those who were present before a restart can come back. */
    public void beginWindows() {
        for (SessionId session = resumed.poll(); session != null; session = resumed.poll()) {
            release(session);
        }
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

    /**
     * A session asks for something that is answered without the room; it is kept alive until {@link #release}.
     *
     * @return whether there is such a session, and no expiry of it on its way
     */
    boolean holdUnlessCondemned(SessionId session) {
        Lease lease = leases.get(session);
        return lease != null && lease.holdUnlessCondemned();
    }

    /** A reply to a command that names a session, which is kept alive until it is told. */
    <R extends Result> Reply<R> aliveUntilTold(SessionId session, Reply<R> reply) {
        return hold(session) ? new HeldReply<>(session, reply) : reply;
    }

    /** A stream of a session ended; its resume window begins if that was the last one. */
    void release(SessionId session) {
        Lease lease = leases.get(session);
        if (lease != null) {
            lease.hold(-1);
        }
    }

    /** A session ended. */
    void end(SessionId session) {
        leases.remove(session);
    }

    /** The window begins when the answer is told. */
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

    /** What is known of one session's life. */
    private final class Lease {

        private final SessionId session;
        private int holders; // guarded by this; streams that are open, and calls that are not answered
        private long lastSign; // guarded by this; nanoseconds
        private SessionId newestJoin; // guarded by this; of those that were answered
        private boolean condemned; // guarded by this; an expiry that the room will accept may be on its way

        Lease(SessionId session, SessionId join) {
            this.session = session;
            this.newestJoin = join;
            this.lastSign = nanoTime.getAsLong();
        }

        synchronized void hold(int more) {
            holders += more;
            lastSign = nanoTime.getAsLong();
        }

        synchronized boolean holdUnlessCondemned() {
            if (!condemned) {
                hold(1);
            }
            return !condemned;
        }

        /** An expiry that does not know of this join will be refused. */
        synchronized void joinedAgain(SessionId join) {
            newestJoin = join;
            condemned = false;
            lastSign = nanoTime.getAsLong();
        }

        private synchronized void reprieve() {
            condemned = false;
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
                due = holders > 0 ? window : lastSign + window - now;
                if (due <= 0) {
                    condemned = true;
                    log.submit(new Command.Expire(session, newestJoin), new Expiry());
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
                    default -> {
                        reprieve();
                        checkAfter(window);
                    }
                }
            }
        }
    }
}
