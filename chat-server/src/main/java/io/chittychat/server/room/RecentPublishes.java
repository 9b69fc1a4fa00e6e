package io.chittychat.server.room;

import java.util.OptionalLong;

/**
 * The last {@value #CAPACITY} repeatable publishes of a session, by sequence. Grows with use, so that a quiet session
 * costs little.
 *
 * <p>Threading: the room thread only.
 */
final class RecentPublishes {

    static final int CAPACITY = 256;
    private static final int INITIAL = 4;

    private long[] sequences = new long[INITIAL];
    private long[] times = new long[INITIAL];
    private int size;
    private int next;
    private long highest; // unsigned; a higher sequence cannot have been seen

    /** The Lamport time of the publish with that sequence, if it is remembered. */
    OptionalLong find(long sequence) {
        if (Long.compareUnsigned(sequence, highest) <= 0) {
            for (int i = 0; i < size; i++) {
                if (sequences[i] == sequence) {
                    return OptionalLong.of(times[i]);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Remembers a publish and forgets the oldest one if there are too many. */
    void remember(long sequence, long lamportTime) {
        if (size == sequences.length && size < CAPACITY) {
            grow();
        }
        sequences[next] = sequence;
        times[next] = lamportTime;
        size = Math.max(size, next + 1);
        next = (next + 1) % CAPACITY;
        highest = Long.compareUnsigned(sequence, highest) > 0 ? sequence : highest;
    }

    private void grow() {
        int capacity = Math.min(CAPACITY, sequences.length * 4);
        sequences = java.util.Arrays.copyOf(sequences, capacity);
        times = java.util.Arrays.copyOf(times, capacity);
    }
}
