package io.chittychat.server.timeline;

import com.google.protobuf.CodedOutputStream;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A run of encoded events, with their places.
 *
 * <p>Threading: filled by the room thread. Readers look only at the first {@code count} events that a {@link View} has
 * told them of; those never change.
 */
final class Segment {

    /** Bytes of events in a segment. */
    static final int SIZE = 64 * 1024;

    private static final int MAX_EVENTS = 1024;

    private final byte[] bytes;
    private final long previous;
    private final long[] times = new long[MAX_EVENTS];
    private final int[] ends = new int[MAX_EVENTS];
    private int count; // the room thread's

    /**
     * An empty segment.
     *
     * @param previous Lamport time of the event before the segment's first; 0 if there is none
     * @param room how many bytes its first event needs
     */
    Segment(long previous, int room) {
        this.previous = previous;
        this.bytes = new byte[Math.max(SIZE, room)];
    }

    /** How many bytes an event takes in a segment. */
    static int sizeOf(Event event) {
        return CodedOutputStream.computeMessageSize(BroadcastResponse.EVENTS_FIELD_NUMBER, event);
    }

    boolean hasRoomFor(int size) {
        return count < MAX_EVENTS && end(count) + size <= bytes.length;
    }

    void add(Event event, int size) {
        int start = end(count);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, start, size);
        try {
            out.writeMessage(BroadcastResponse.EVENTS_FIELD_NUMBER, event);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an event did not fit where there was room for it", e);
        }
        times[count] = event.getLamportTime();
        ends[count] = start + size;
        count++;
    }

    /** How many events there are. Only the room thread may ask while the segment is being filled. */
    int count() {
        return count;
    }

    /** Memory that the segment's events take, in bytes. */
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

    /** The index of the first of {@code among} events whose time is after {@code lamportTime}. */
    int indexAfter(long lamportTime, int among) {
        int found = Arrays.binarySearch(times, 0, among, lamportTime);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The events from {@code from} to before {@code to}; at least one. */
    Slice slice(int from, int to) {
        int offset = end(from);
        return new Slice(bytes, offset, end(to) - offset, times[to - 1]);
    }

    private int end(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
