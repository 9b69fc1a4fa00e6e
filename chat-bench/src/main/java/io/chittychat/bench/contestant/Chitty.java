package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * The service with default settings, except that sessions outlive a pause of the load generator.
 *
 * @param durability of its store
 */
record Chitty(String durability) implements OwnService {

    @Override
    public String id() {
        return "chitty-" + durability;
    }

    @Override
    public String label() {
        return "Chitty-Chat, " + durability;
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        ServerProcess server = start(installation, directory, durability);
        return new MeasuredServer(server.child(), server.port(), new GrpcProtocol(Loopback.HOST, server.port()));
    }

    static ServerProcess start(Installation installation, String directory, String durability) {
        List<String> settings = new ArrayList<>(PATIENT);
        settings.add("--chitty.store.durability=" + durability);
        return installation.startService(directory, settings);
    }
}
