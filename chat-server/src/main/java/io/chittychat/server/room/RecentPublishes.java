package io.chittychat.server.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The last {@value #CAPACITY} repeatable publishes of a session, and the highest sequence that was forgotten. The
 * arrays grow, so that a session with few publishes takes little memory. Sequences are unsigned.
 *
 * <p>Threading: one thread at a time; in a room, the room thread.
 */
public final class RecentPublishes {

    static final int CAPACITY = 256;
    private static final int INITIAL = 4;

    private long[] sequences = new long[INITIAL];
    private long[] times = new long[INITIAL];
    private int size;
    private int next;
    private long highest; // the highest sequence that was remembered
    private long forgottenThrough; // the highest sequence that was forgotten; 0 if none was

    /** Restores the publishes from a state. */
    public RecentPublishes(RoomState.Publishes state) {
        forgottenThrough = state.forgottenThrough();
        highest = forgottenThrough;
        state.recent().forEach(publish -> remember(publish.sequence(), publish.lamportTime()));
    }

    /** Returns the Lamport time of the publish with that sequence; empty if it is not remembered. */
    public OptionalLong find(long sequence) {
        if (Long.compareUnsigned(sequence, highest) <= 0) {
            for (int i = 0; i < size; i++) {
                if (sequences[i] == sequence) {
                    return OptionalLong.of(times[i]);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Whether a sequence that is not remembered may have been forgotten: then it may be in the log. */
    boolean mayBeForgotten(long sequence) {
        return Long.compareUnsigned(sequence, forgottenThrough) <= 0;
    }

    /** Whether a publish with that sequence was seen; one that may have been forgotten counts as seen. */
    boolean maySucceed(long previous) {
        return mayBeForgotten(previous) || find(previous).isPresent();
    }

    /** Returns the highest sequence that was seen; 0 if none was. */
    long highest() {
        return highest;
    }

    /**
     * Remembers a publish, and forgets the oldest one if there are too many.
     *
     * @return undoes this call, as long as no later call was made, or all of them were undone
     */
    public Runnable remember(long sequence, long lamportTime) {
        if (size == sequences.length && size < CAPACITY) {
            grow();
        }
        Runnable undo = undoing(next, size);
        if (size == CAPACITY) {
            forgottenThrough = max(sequences[next], forgottenThrough);
        }
        sequences[next] = sequence;
        times[next] = lamportTime;
        size = Math.max(size, next + 1);
        next = (next + 1) % CAPACITY;
        highest = max(sequence, highest);
        return undo;
    }

    private Runnable undoing(int slot, int sizeBefore) {
        long sequence = sequences[slot];
        long time = times[slot];
        long highestBefore = highest;
        long forgottenBefore = forgottenThrough;
        return () -> {
            sequences[slot] = sequence;
            times[slot] = time;
            size = sizeBefore;
            next = slot;
            highest = highestBefore;
            forgottenThrough = forgottenBefore;
        };
    }

    /** Returns the state from which these publishes can be restored. */
    public RoomState.Publishes state() {
        List<RoomState.RecentPublish> recent = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int slot = size < CAPACITY ? i : (next + i) % CAPACITY;
            recent.add(new RoomState.RecentPublish(sequences[slot], times[slot]));
        }
        return new RoomState.Publishes(forgottenThrough, recent);
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) > 0 ? one : other;
    }

    private void grow() {
        int capacity = Math.min(CAPACITY, sequences.length * 4);
        sequences = Arrays.copyOf(sequences, capacity);
        times = Arrays.copyOf(times, capacity);
    }
}
