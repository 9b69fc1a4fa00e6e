package io.chittychat.bench.cluster;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.load.PublishRun;
import io.chittychat.session.ChatListener;
import io.chittychat.session.Published;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A participant who says something at a fixed rate, whether or not there were replies to what was said before.
 *
 * <p>Threading: any thread.
 */
final class Talker implements AutoCloseable {

    /** Between two messages. */
    static final Duration PAUSE = Duration.ofMillis(50);

    private final Participant participant;
    private long goal = Long.MAX_VALUE; // guarded by this; messages
    private long said; // guarded by this
    private long acknowledged; // guarded by this
    private long longestWait; // guarded by this; nanoseconds
    private @Nullable Throwable failure; // guarded by this

    private Talker(Participant participant) {
        this.participant = participant;
    }

    /**
     * Joins, and begins to talk.
     *
     * @param addresses with commas between them, in the order in which they are tried
     */
    static Talker join(String addresses, String name, ScheduledExecutorService timer) {
        Talker talker = new Talker(Participant.join(addresses, name, new ChatListener() {}));
        var unused = timer.scheduleAtFixedRate(talker::say, 0, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        return talker;
    }

    private void say() {
        synchronized (this) {
            if (said >= goal || failure != null) {
                return;
            }
            said++;
        }
        long now = System.nanoTime();
        var unused = participant
                .session()
                .publish(PublishRun.TEXT)
                .whenComplete((reply, problem) -> answered(now, reply, problem));
    }

    private synchronized void answered(long saidAt, @Nullable Published reply, @Nullable Throwable problem) {
        if (reply == null) {
            failure = failure == null ? problem : failure;
            return;
        }
        acknowledged++;
        longestWait = Math.max(longestWait, System.nanoTime() - saidAt);
    }

    String name() {
        return participant.name();
    }

    /** Forgets earlier waits, says as many messages as given, and then nothing more. */
    synchronized void finish(long messages) {
        longestWait = 0;
        goal = said + messages;
    }

    /**
     * Whether everything was said and is acknowledged.
     *
     * @throws BenchException if a message was refused, or not acknowledged in time
     */
    synchronized boolean isFinished() {
        check();
        return acknowledged == goal;
    }

    private void check() {
        if (failure != null) {
            throw new BenchException(name() + " cannot publish: " + failure.getMessage(), failure);
        }
    }

    /** Whether nothing waits but the newest message. */
    synchronized boolean isUpToDate() {
        check();
        return said - acknowledged <= 1;
    }

    /** The number of messages that were said. */
    synchronized long said() {
        check();
        return said;
    }

    /** The longest time from saying something to its acknowledgement, in nanoseconds. */
    synchronized long longestWait() {
        return longestWait;
    }

    @Override
    public void close() {
        synchronized (this) {
            goal = Math.min(goal, said);
        }
        participant.close();
    }
}
