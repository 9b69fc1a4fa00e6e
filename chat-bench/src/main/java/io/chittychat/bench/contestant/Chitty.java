package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import java.util.List;
import java.util.Optional;

/**
 * The service with default settings, except that sessions outlive a pause of the load generator.
 *
 * @param durability of its store
 */
record Chitty(String durability) implements Contestant {

    private static final String RESUME_WINDOW = "--chitty.session.resume-window=1h";

    /** A publisher connects long before its turn, and the service would end its idle stream. */
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
    public MeasuredServer start(Installation installation, String directory) {
        List<String> settings = List.of("--chitty.store.durability=" + durability, RESUME_WINDOW, REQUEST_TIMEOUT);
        ServerProcess server = installation.startService(directory, settings);
        return new MeasuredServer(server.child(), server.port(), new GrpcProtocol(Loopback.HOST, server.port()));
    }
}
