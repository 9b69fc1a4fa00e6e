package io.chittychat.bench.protocol;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A protocol by which one connects and that is all.
 *
 * @param conversations makes them
 */
public record PeerProtocol(Maker conversations) implements Protocol {

    /** Makes conversations. */
    @FunctionalInterface
    public interface Maker {

        /** @param number of those of its kind */
        Conversation make(int number, boolean receives);
    }

    @Override
    public List<Conversation> receivers(int count) {
        return make(count, true);
    }

    @Override
    public List<Conversation> publishers(int count) {
        return make(count, false);
    }

    private List<Conversation> make(int count, boolean receives) {
        return IntStream.range(0, count)
                .mapToObj(number -> conversations.make(number, receives))
                .toList();
    }
}
