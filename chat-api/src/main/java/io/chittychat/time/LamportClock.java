package io.chittychat.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A Lamport clock: a counter that advances with each event of its process and with each received time, so that a cause
 * always has a smaller time than its effect.
 *
 * <p>The service {@link #witness witnesses} the times of participants, and caps times that are too far ahead. A
 * participant {@link #follow follows} the times of its service. Times are unsigned 64-bit numbers on the wire. The
 * service's clock stays below 2^53, the limit of exact numbers in JSON: no received time moves it further than
 * {@link #MAX_AHEAD}, and it takes no events after {@link #END}.
 *
 * <p>Threading: one writer at a time ({@link #tick}, {@link #witness}, {@link #follow}); any number of readers ({@link
 * #read}), which see times in the order in which they were written.
 *
 * @see <a href="https://lamport.azurewebsites.net/pubs/time-clocks.pdf">L. Lamport, Time, Clocks, and the Ordering of
 *     Events in a Distributed System, CACM 21(7), 1978</a>
 */
public final class LamportClock {

    /** The most that a received time may be ahead of this clock. */
    public static final long MAX_AHEAD = 1L << 20;

    /**
     * A service whose clock has reached this time takes no more events. So all times in requests and events stay below
     * 2^53.
     */
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

    /** A clock at time 0, before any event. */
    public LamportClock() {
        this(0);
    }

    /**
     * A clock that continues from an earlier time.
     *
     * @param time the current time, not negative
     * @throws IllegalArgumentException if the time is negative
     */
    public LamportClock(long time) {
        if (time < 0) {
            throw new IllegalArgumentException("a Lamport time must not be negative: " + time);
        }
        this.time = time;
    }

    /** Advances the clock for an event of its own process, such as sending a request. Returns the event's time. */
    public long tick() {
        return advanceTo(read() + 1);
    }

    /**
     * Advances the clock for a request that a participant sent at {@code received}. Returns the time of its receipt:
     * {@code max(own, received) + 1}, where a received time that is too far ahead counts as {@code own + MAX_AHEAD}.
     *
     * @param received the sender's time, unsigned
     */
    public long witness(long received) {
        return advanceTo(Math.max(read(), capped(received)) + 1);
    }

    /**
     * Advances the clock for a response or event that the service sent at {@code received}. Returns the time of its
     * receipt: {@code max(own, received) + 1}. The service may be any distance ahead, because its clock has run for
     * longer.
     *
     * @param received the service's time
     * @throws IllegalArgumentException if {@code received} is negative or the largest long, which has no successor
     */
    public long follow(long received) {
        if (received < 0 || received == Long.MAX_VALUE) {
            throw new IllegalArgumentException("not a valid service time: " + Long.toUnsignedString(received));
        }
        return advanceTo(Math.max(read(), received) + 1);
    }

    /** The current time: that of the newest event. */
    public long read() {
        return (long) TIME.getAcquire(this);
    }

    /** Whether the service's times are used up: the clock has reached {@link #END}. */
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
     * A received time, or {@code own + MAX_AHEAD} if it is too far ahead.
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
