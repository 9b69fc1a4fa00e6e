package io.chittychat.server.timeline;

import java.util.Arrays;

/**
 * Consecutive encoded events in one array, with their Lamport times.
 *
 * <p>Threading: the room thread adds events. Readers use only as many events as a {@link View} says; those never
 * change.
 */
final class Segment {

    /** The size of a segment in bytes; a segment for one larger event is larger. */
    static final int SIZE = 64 * 1024;

    private static final int MAX_EVENTS = 1024;

    private final byte[] bytes;
    private final long previous;
    private final long[] times = new long[MAX_EVENTS];
    private final int[] ends = new int[MAX_EVENTS];
    private int count; // the room thread's

    /**
     * Creates an empty segment.
     *
     * @param previous the Lamport time of the event before the segment's first; 0 if there is none
     * @param room the bytes that its first event needs
     */
    Segment(long previous, int room) {
        this.previous = previous;
        this.bytes = new byte[Math.max(SIZE, room)];
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
        return bytes.length;
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

    private int end(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
