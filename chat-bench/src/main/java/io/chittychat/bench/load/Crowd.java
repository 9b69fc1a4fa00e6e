package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.protocol.ChurningParticipants;
import io.chittychat.bench.protocol.ProtocolClient;
import io.chittychat.bench.protocol.TextListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All clients of one server: receivers, and publishers that do not receive, each with a connection of its own. It checks that
 * every receiver receives everything once.
 *
 * <p>Threading: the loop's.
 */
public final class Crowd implements AutoCloseable {

    private final Loop loop;
    private final MeasuredServer server;
    private final String name;
    private final List<ServerConnection> receivers = new ArrayList<>();
    private final List<ServerConnection> publishers = new ArrayList<>();
    private long published;
    private int complete; // receivers before this one have everything

    /**
     * A crowd without clients.
     *
     * @param name of the server, for messages
     */
    public Crowd(Loop loop, MeasuredServer server, String name) {
        this.loop = loop;
        this.server = server;
        this.name = name;
    }

    /** Connects clients, and waits until the server has accepted them. */
    public void connect(int receiverCount, int publisherCount) {
        List<ProtocolClient> publishing = server.protocol().publishers(publisherCount);
        List<ProtocolClient> receiving = server.protocol().receivers(receiverCount);
        publishers.addAll(loop.connectAll(publishing, server.port(), name));
        receivers.addAll(loop.connectAll(receiving, server.receiverPort(), name));
    }

    public String name() {
        return name;
    }

    public Loop loop() {
        return loop;
    }

    public int receivers() {
        return receivers.size();
    }

    /** Publishes by the next publisher in turn. */
    void publish(byte[] text) {
        publishers.get((int) (published++ % publishers.size())).publish(text);
    }

    /** The number of all publishes. */
    long published() {
        return published;
    }

    /** The publishes that the first receiver has not received yet. */
    long outstanding() {
        return published - receivers.get(0).client().deliveries();
    }

    /** Whether every receiver has received everything, and none more than that. */
    boolean isComplete() {
        while (complete < receivers.size()) {
            long deliveries = receivers.get(complete).client().deliveries();
            if (deliveries > published) {
                throw new BenchException(
                        "%s: a receiver has %d deliveries of %d publishes".formatted(name, deliveries, published));
            }
            if (deliveries < published) {
                return false;
            }
            complete++;
        }
        return true;
    }

    /** Begins a round: every receiver must have received all earlier publishes once. */
    void begin() {
        complete = 0;
        if (!isComplete()) {
            throw new BenchException(name + ": a receiver lacks deliveries");
        }
        complete = 0;
    }

    /** Sets the listener for all deliveries; null for none. */
    void listen(@Nullable TextListener listener) {
        receivers.forEach(link -> link.client().listen(listener));
    }

    /** Participants that join and leave, if the protocol has joins. */
    public Optional<ChurningParticipants> visitors() {
        return server.protocol().visitors();
    }

    @Override
    public void close() {
        publishers.forEach(ServerConnection::close);
        receivers.forEach(ServerConnection::close);
    }
}
