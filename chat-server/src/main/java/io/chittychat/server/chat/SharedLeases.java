package io.chittychat.server.chat;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
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
 * The leases of a log that several processes share. Sessions expire in the log, so signs of life must reach it: joins,
 * publishes and Broadcasts do anyway, of other signs the log is told by a {@link Command.Touch}, four times a window.
 *
 * <p>A call that reads is answered only if a sign of its session reached the log within the last half of a window. So its
 * session lives long enough for the next touch.
 *
 * <p>Threading: any thread.
 */
public final class SharedLeases implements Leases {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final LongSupplier nanoTime;
    private final Duration resumeWindow;
    private final long window; // nanoseconds
    private final Map<SessionId, Signs> signs = new ConcurrentHashMap<>(); // of sessions that use this process

    /** The signs of life of a session that this process has seen. */
    private static final class Signs {
        private int holders; // guarded by this; open streams, and calls that are not answered yet
        private boolean fresh; // guarded by this; there was a sign that the log does not know of
        private long loggedAt; // guarded by this; when the log learnt of the newest sign, in nanoseconds

        Signs(long now) {
            loggedAt = now;
        }

        synchronized void hold(int more) {
            holders += more;
            fresh = true;
        }

        synchronized void logged(long now) {
            loggedAt = now;
        }

        synchronized boolean isLoggedSince(long time) {
            return loggedAt - time >= 0;
        }

        synchronized boolean isHeld() {
            return holders > 0;
        }

        /** Whether the log must be told of a sign; if so, it counts as told. */
        synchronized boolean takeFresh() {
            boolean told = fresh || holders > 0;
            fresh = false;
            return told;
        }
    }

    /**
     * Creates an empty set of leases.
     *
     * @param timer tells the log of signs of life
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param resumeWindow how long a session lives without a sign of life
     */
    public SharedLeases(
            CommandLog log,
            ParticipantRegistry participants,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            Duration resumeWindow) {
        this.log = log;
        this.participants = participants;
        this.nanoTime = nanoTime;
        this.resumeWindow = resumeWindow;
        this.window = resumeWindow.toNanos();
        timer.scheduleWithFixedDelay(this::tell, window / 4, window / 4, TimeUnit.NANOSECONDS);
    }

    /** Tells the log of new signs of life, and forgets sessions that do not use this process any more. */
    private void tell() {
        long now = nanoTime.getAsLong();
        signs.forEach((session, seen) -> {
            if (!isPresent(session)) {
                removeUnlessHeld(session);
            } else if (seen.takeFresh()) {
                submitTouch(session, seen, () -> {}, () -> seen.hold(0));
            } else if (!seen.isLoggedSince(now - window)) {
                removeUnlessHeld(session);
            }
        });
    }

    private void removeUnlessHeld(SessionId session) {
        signs.computeIfPresent(session, (id, seen) -> seen.isHeld() ? seen : null);
    }

    private void submitTouch(SessionId session, Signs seen, Runnable told, Runnable unavailable) {
        long now = nanoTime.getAsLong();
        log.submit(new Command.Touch(session), new Reply<>() {
            @Override
            public void accepted(Result.Touched touched) {
                seen.logged(now);
                told.run();
            }

            @Override
            public void refused(Refusal refusal) {
                if (refusal == Refusal.SESSION_UNKNOWN) {
                    told.run();
                } else {
                    unavailable.run();
                }
            }
        });
    }

    private boolean isPresent(SessionId session) {
        return participants.find(session).isPresent();
    }

    private Signs signs(SessionId session) {
        return signs.computeIfAbsent(session, id -> new Signs(nanoTime.getAsLong() - window));
    }

    @Override
    public Duration resumeWindow() {
        return resumeWindow;
    }

    @Override
    public void open(SessionId session, SessionId join) {
        signs(session).logged(nanoTime.getAsLong());
    }

    @Override
    public void touch(SessionId session) {
        Signs seen = signs.get(session);
        if (seen != null) {
            seen.hold(0);
        }
    }

    /** Also of a session that is unknown here: another process may have accepted its join a moment ago. */
    @Override
    public boolean hold(SessionId session) {
        signs.compute(session, (id, seen) -> {
            Signs held = seen == null ? new Signs(nanoTime.getAsLong() - window) : seen;
            held.hold(1);
            return held;
        });
        return true;
    }

    @Override
    public void release(SessionId session) {
        Signs seen = signs.get(session);
        if (seen != null) {
            seen.hold(-1);
        }
    }

    /** The log itself knows of Broadcasts. */
    @Override
    public boolean holdAttached(SessionId session) {
        return isPresent(session);
    }

    @Override
    public void releaseAttached(SessionId session) {}

    @Override
    public boolean holdUnlessExpiring(SessionId session) {
        return isPresent(session) && hold(session);
    }

    /** A command with a session is a sign of life in the log. */
    @Override
    public <R extends Result> Reply<R> holdUntilAnswered(SessionId session, Reply<R> reply) {
        return reply;
    }

    @Override
    public void end(SessionId session) {
        removeUnlessHeld(session);
    }

    @Override
    public void whenCurrent(SessionId session, Runnable current, Runnable unavailable) {
        if (isPresent(session)) {
            whenSafe(session, current, unavailable);
        } else {
            log.whenCurrent( // another process may have accepted its join
                    () -> {
                        if (isPresent(session)) {
                            whenSafe(session, current, unavailable);
                        } else {
                            current.run();
                        }
                    },
                    unavailable);
        }
    }

    private void whenSafe(SessionId session, Runnable current, Runnable unavailable) {
        Signs seen = signs.get(session);
        if (seen != null && seen.isLoggedSince(nanoTime.getAsLong() - window / 2)) {
            log.whenCurrent(current, unavailable);
        } else {
            submitTouch(session, signs(session), current, unavailable); // what it is ordered after is visible, too
        }
    }
}
