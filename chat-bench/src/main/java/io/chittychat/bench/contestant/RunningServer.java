package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.Protocol;
import io.chittychat.bench.server.ServerProcess;

/** A server that is to be measured, on the loopback interface. It ends when it is closed. */
public record RunningServer(ServerProcess process, int port, Protocol protocol) implements AutoCloseable {

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        protocol.close();
        process.close();
    }
}
