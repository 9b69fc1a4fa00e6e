package io.chittychat.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service as a process of its own, with a fresh store, on free ports of the loopback interface. */
public final class ChatServer implements AutoCloseable {

    private static final String READY = "Chitty-Chat is ready";

    private final ServerProcess process;
    private final int port;

    private ChatServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a service and waits until it is ready. A line for every call goes to a file, as on any machine that keeps logs.
     *
     * @param settings further arguments, such as {@code --chitty.store.durability=os}
     */
    public static ChatServer start(Installation installation, String name, List<String> settings) {
        Path dir = installation.freshDirectory(name);
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(installation.java());
        command.addAll(List.of(
                "--grpc.server.address=" + ServerProcess.HOST,
                "--grpc.server.port=" + port,
                "--server.address=" + ServerProcess.HOST,
                "--server.port=" + ServerProcess.freePort(),
                "--chitty.store.file=" + dir.resolve("chitty.db")));
        command.addAll(settings);
        return new ChatServer(ServerProcess.start(command, dir).awaitOutput(READY), port);
    }

    public String host() {
        return ServerProcess.HOST;
    }

    public int port() {
        return port;
    }

    public ServerProcess process() {
        return process;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
