package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.ChatServer;
import io.chittychat.bench.server.Installation;
import io.chittychat.bench.server.ServerProcess;
import java.util.List;
import java.util.Optional;

/**
 * The service with default settings, but for these: sessions outlive a pause of the load generator.
 *
 * @param durability of its store
 */
record Chitty(String durability) implements Contestant {

    private static final String RESUME_WINDOW = "--chitty.session.resume-window=1h";

    /** A publisher is connected long before its turn, and a stream on which nothing is said is ended otherwise. */
    private static final String REQUEST_TIMEOUT = "--chitty.grpc.request-timeout=1h";

    @Override
    public String id() {
        return "chitty-" + durability;
    }

    @Override
    public String label() {
        return "Chitty-Chat, " + durability;
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String version() {
        return "of this checkout, on JDK " + System.getProperty("java.version");
    }

    @Override
    public RunningServer start(Installation installation, String directory) {
        List<String> settings = List.of("--chitty.store.durability=" + durability, RESUME_WINDOW, REQUEST_TIMEOUT);
        ChatServer server = ChatServer.start(installation, directory, settings);
        return new RunningServer(server.process(), server.port(), new GrpcProtocol(ServerProcess.HOST, server.port()));
    }
}
