package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.ConnectEncoding;
import io.chittychat.bench.protocol.ConnectReceiver;
import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import java.util.List;

/** The same service as {@link Chitty} with its default durability, whose receivers read by the Connect protocol over HTTP/1.1. */
record ChittyOverHttp(ConnectEncoding encoding) implements OwnService {

    @Override
    public String id() {
        return "chitty-connect-" + encoding.id();
    }

    @Override
    public String label() {
        return "Chitty-Chat, fsync, " + encoding.label();
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        ServerProcess server = Chitty.start(installation, directory, "fsync");
        GrpcProtocol protocol = new GrpcProtocol(
                Loopback.HOST,
                server.port(),
                (token, after) -> new ConnectReceiver(server.httpAddress(), encoding, token, after));
        return new MeasuredServer(server.child(), server.port(), server.httpPort(), protocol, List.of());
    }
}
