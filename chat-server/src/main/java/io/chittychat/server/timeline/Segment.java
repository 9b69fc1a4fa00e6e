package io.chittychat.server.timeline;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Optional;

/**
 * Consecutive encoded events in one array, with their Lamport times.
 *
 * <p>A segment that the timeline has dropped may give its array to a new one, because a collector would have to move
 * megabytes a second otherwise. Its times stay what they are. So {@link #slice} is for readers that the timeline waits
 * for, the {@link Lane}s; all others {@link #copy}.
 *
 * <p>Threading: the room thread adds events and releases the array. Readers use only as many events as a {@link View}
 * says; until the array is released, those never change.
 */
final class Segment {

    /** The size of a segment in bytes; a segment for one larger event is larger. */
    static final int SIZE = 64 * 1024;

    private static final int MAX_EVENTS = 1024;
    private static final int TIMES_AND_ENDS = MAX_EVENTS * (Long.BYTES + Integer.BYTES);

    private final long number;
    private final byte[] bytes;
    private final long previous;
    private final long[] times = new long[MAX_EVENTS];
    private final int[] ends = new int[MAX_EVENTS];
    private int count; // the room thread's
    private volatile boolean released; // the array belongs to another segment

    /**
     * Creates an empty segment.
     *
     * @param number one more than that of the segment before it
     * @param previous the Lamport time of the event before the segment's first; 0 if there is none
     * @param bytes its memory, which no other segment uses any more
     */
    Segment(long number, long previous, byte[] bytes) {
        this.number = number;
        this.previous = previous;
        this.bytes = bytes;
    }

    /** Memory for a segment whose first event needs so many bytes. */
    static byte[] memoryFor(int room) {
        return new byte[Math.max(SIZE, room)];
    }

    /** Gives the memory away. From now on, nothing can be read from this segment. */
    byte[] release() {
        released = true;
        VarHandle.storeStoreFence(); // who sees a byte of the next segment also sees that this one is released
        return bytes;
    }

    boolean isReleased() {
        return released;
    }

    /** Segments are numbered in the order of their events. */
    long number() {
        return number;
    }

    boolean hasRoomFor(int size) {
        return count < MAX_EVENTS && end(count) + size <= bytes.length;
    }

    /**
     * Adds an event.
     *
     * @param encoder has encoded the event
     * @param size the bytes that it takes
     */
    void add(long lamportTime, EventEncoder encoder, int size) {
        int start = end(count);
        encoder.writeTo(bytes, start);
        times[count] = lamportTime;
        ends[count] = start + size;
        count++;
    }

    /** The number of events. While the segment is being filled, only the room thread may call it. */
    int count() {
        return count;
    }

    /** The memory that the segment takes, in bytes. */
    int capacity() {
        return bytes.length + TIMES_AND_ENDS;
    }

    /** Lamport time of the event before the segment's first. */
    long previous() {
        return previous;
    }

    long first() {
        return times[0];
    }

    long time(int index) {
        return times[index];
    }

    /** The index of the first event after {@code lamportTime}, among the first {@code among} events. */
    int indexAfter(long lamportTime, int among) {
        int found = Arrays.binarySearch(times, 0, among, lamportTime);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The events with the indexes from {@code from} to {@code to}, exclusive; at least one. */
    Slice slice(int from, int to) {
        int offset = end(from);
        return new Slice(bytes, offset, end(to) - offset, times[to - 1]);
    }

    /** A copy of {@link #slice}; empty if the memory has been released. */
    Optional<Slice> copy(int from, int to) {
        Slice copy = slice(from, to).copy();
        VarHandle.loadLoadFence(); // the bytes are read before the flag
        return released ? Optional.empty() : Optional.of(copy);
    }

    private int end(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
