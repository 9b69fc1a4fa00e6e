package io.chittychat.bench.protocol;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A protocol without joins.
 *
 * @param clients makes clients
 */
public record PeerProtocol(Maker clients) implements Protocol {

    /** Makes clients. */
    @FunctionalInterface
    public interface Maker {

        /** @param number of the client among those of its kind */
        ProtocolClient make(int number, boolean receives);
    }

    @Override
    public List<ProtocolClient> receivers(int count) {
        return make(count, true);
    }

    @Override
    public List<ProtocolClient> publishers(int count) {
        return make(count, false);
    }

    private List<ProtocolClient> make(int count, boolean receives) {
        return IntStream.range(0, count)
                .mapToObj(number -> clients.make(number, receives))
                .toList();
    }
}
