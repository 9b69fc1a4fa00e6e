package io.chittychat.session;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;

/** The connection of a session that was given none. */
final class Connection {

    private static final long KEEPALIVE_SECONDS = 10;
    private static final long KEEPALIVE_TIMEOUT_SECONDS = 5;

    private Connection() {}

    /** Connects when it is needed; a dead connection is noticed also while nothing is said. */
    static ManagedChannel to(String server) {
        return Grpc.newChannelBuilder(server, InsecureChannelCredentials.create())
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .build();
    }
}
