package io.chittychat.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A Lamport clock: a counter that is moved by what its process does and by the times that reach it, so that a cause
 * always has a smaller time than its effect.
 *
 * <p>The service {@link #witness witnesses} the times of participants, whom it need not believe; a participant
 * {@link #follow follows} those of its service. Times are unsigned 64-bit on the wire; the service's clock stays below 2^53,
 * up to which every reader of JSON takes numbers as they are, because it refuses to be moved further than {@link #MAX_AHEAD} at
 * once and gives out no time after {@link #END}.
 *
 * <p>Threading: one writer at a time ({@link #tick}, {@link #witness}, {@link #follow}); any number of readers ({@link #read}), which
 * see times in the order in which they were written.
 *
 * @see <a href="https://lamport.azurewebsites.net/pubs/time-clocks.pdf">L. Lamport, Time, Clocks, and the Ordering of
 *     Events in a Distributed System, CACM 21(7), 1978</a>
 */
public final class LamportClock {

    /** How far ahead of this clock a received time may be and still be believed. */
    public static final long MAX_AHEAD = 1L << 20;

    /** A service whose clock has come to here takes no more events. Times of requests and events stay below 2^53. */
    public static final long END = (1L << 53) - 4 * MAX_AHEAD;

    private static final VarHandle TIME;

    static {
        try {
            TIME = MethodHandles.lookup().findVarHandle(LamportClock.class, "time", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // written through TIME
    private volatile long time;

    /** A clock at time 0: nothing has happened yet. */
    public LamportClock() {
        this(0);
    }

    /**
     * A clock that goes on from a time that was reached before.
     *
     * @param time the time reached, not negative
     * @throws IllegalArgumentException if the time is negative
     */
    public LamportClock(long time) {
        if (time < 0) {
            throw new IllegalArgumentException("a Lamport time is not negative: " + time);
        }
        this.time = time;
    }

    /** Something happened here, for example a request is about to be sent. Returns its time. */
    public long tick() {
        return advanceTo(read() + 1);
    }

    /**
     * Something was received that was sent at {@code received}. Returns the time of receiving it:
     * {@code max(own, received) + 1}, where a received time that is too far ahead counts as {@code own + MAX_AHEAD}.
     *
     * @param received the sender's time, unsigned
     */
    public long witness(long received) {
        return advanceTo(Math.max(read(), capped(received)) + 1);
    }

    /**
     * Something was received from the service that was sent at {@code received}. Returns the time of receiving it:
     * {@code max(own, received) + 1}. The service may be any distance ahead: it has lived longer than a newcomer.
     *
     * @param received the service's time
     * @throws IllegalArgumentException if it is so large that nothing could come after it
     */
    public long follow(long received) {
        if (received < 0 || received == Long.MAX_VALUE) {
            throw new IllegalArgumentException("no service has this Lamport time: " + Long.toUnsignedString(received));
        }
        return advanceTo(Math.max(read(), received) + 1);
    }

    /** The time of the newest event here. */
    public long read() {
        return (long) TIME.getAcquire(this);
    }

    /** Whether the times that a service gives out are used up. */
    public boolean isAtEnd() {
        return read() >= END;
    }

    /**
     * Whether a time is further ahead than {@link #MAX_AHEAD}.
     *
     * @param received the sender's time, unsigned
     */
    public boolean isTooFarAhead(long received) {
        return Long.compareUnsigned(received, read() + MAX_AHEAD) > 0;
    }

    /**
     * The part of a received time that this clock believes.
     *
     * @param received the sender's time, unsigned
     */
    public long capped(long received) {
        return isTooFarAhead(received) ? read() + MAX_AHEAD : received;
    }

    private long advanceTo(long next) {
        TIME.setRelease(this, next);
        return next;
    }

    @Override
    public String toString() {
        return "LamportClock[" + read() + "]";
    }
}
