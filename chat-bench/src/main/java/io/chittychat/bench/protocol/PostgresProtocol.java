package io.chittychat.bench.protocol;

import io.chittychat.bench.protocol.PostgresClient.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL. A connection has one transaction at a time; a pipeline is a transaction.
 *
 * @param publisher what publishers do
 */
public record PostgresProtocol(Role publisher) implements Protocol {

    @Override
    public List<ProtocolClient> receivers(int count) {
        return make(count, Role.RECEIVER);
    }

    @Override
    public List<ProtocolClient> publishers(int count) {
        return make(count, publisher);
    }

    private static List<ProtocolClient> make(int count, Role role) {
        return Stream.<ProtocolClient>generate(() -> new PostgresClient(role, 1))
                .limit(count)
                .toList();
    }

    @Override
    public ProtocolClient pipeline(int size) {
        return new PostgresClient(publisher, size);
    }

    @Override
    public boolean sharesConnections() {
        return false;
    }
}
