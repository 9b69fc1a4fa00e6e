package io.chittychat.bench.textbook;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The chat as a good student would write it with plain grpc-java: one lock, a Lamport clock, a map of participants, and
 * one {@code onNext} for every participant and message. It is the baseline for measurements: its order is right, but it is not
 * durable, not resumable, and not protected against slow readers.
 *
 * <p>It serves on the loopback interface only, and ends with its process (SIGTERM).
 */
public final class TextbookServer implements AutoCloseable {

    private final Server server;

    private TextbookServer(Server server) {
        this.server = server;
    }

    /** Takes {@code --port N}, with 0 for any free port, and prints {@code listening on N} when it serves. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TextbookServer textbook = start(port(List.of(arguments)));
        Runtime.getRuntime().addShutdownHook(new Thread(textbook::close, "shutdown"));
        System.out.println("listening on " + textbook.port());
        textbook.server.awaitTermination();
    }

    private static int port(List<String> arguments) {
        if (arguments.size() != 2 || !arguments.get(0).equals("--port")) {
            throw new IllegalArgumentException("usage: --port N");
        }
        return Integer.parseInt(arguments.get(1));
    }

    /**
     * Starts serving.
     *
     * @param port 0 for any free port
     */
    static TextbookServer start(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new TextbookServer(NettyServerBuilder.forAddress(address)
                .addService(new TextbookService(new TextbookChat()))
                .build()
                .start());
    }

    /** The port that it serves. */
    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
