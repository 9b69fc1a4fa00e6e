package io.chittychat.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.HandlerRegistry;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two connections that share one thread. */
class EventLoopsTest {

    private static final int CALLS = 3000; // of some 60 bytes each: more than one read takes, less than a hundred
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(US_ASCII);

    private final List<String> called = new CopyOnWriteArrayList<>(); // the methods, in the order of their calls
    private final EventLoops loops = new EventLoops(1);
    private Server server;

    /** Notes the names of called methods, and implements none. */
    private final class Notes extends HandlerRegistry {
        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            called.add(method);
            return null;
        }
    }

    @BeforeEach
    void start() throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        loops.use(builder, new ConnectionGuard(0, origin -> false, connection -> {}));
        server = builder.directExecutor()
                .fallbackHandlerRegistry(new Notes())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        loops.close();
    }

    @Test
    void busyConnectionDoesNotBlockOthersOfItsThread() throws IOException {
        try (Socket busy = connect();
                Socket other = connect()) {
            call(busy, "busy/first", 1, 1);
            call(other, "other/first", 1, 1);
            await().atMost(30, SECONDS).until(() -> called.size() == 2);

            CountDownLatch bothHaveSent = holdTheThread();
            call(busy, "busy/call", 3, CALLS);
            call(other, "other/call", 3, 1);
            bothHaveSent.countDown();
            await().atMost(30, SECONDS).until(() -> called.size() == 2 + CALLS + 1);
        }
        assertThat(called.indexOf("other/call")).isLessThan(CALLS / 2);
    }

    /** Keeps the thread from reading until the latch is counted down. */
    private CountDownLatch holdTheThread() {
        CountDownLatch latch = new CountDownLatch(1);
        loops.current().execute(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return latch;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.getOutputStream().write(PREFACE);
        return socket;
    }

    /** Calls a method {@code times} times, each on its own stream. */
    private static void call(Socket socket, String method, int firstStream, int times) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x86); // :scheme http
        literal(block, 4, "/" + method); // :path
        literal(block, 31, "application/grpc"); // content-type
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            int stream = firstStream + 2 * i;
            frames.writeBytes(new byte[] {0, 0, (byte) block.size(), 1, 5});
            frames.writeBytes(new byte[] {0, 0, (byte) (stream >> 8), (byte) stream});
            frames.writeBytes(block.toByteArray());
        }
        OutputStream out = socket.getOutputStream();
        out.write(frames.toByteArray());
    }

    /** Appends a header whose name is in the static table of HPACK. */
    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name < 15 ? name : 15);
        if (name >= 15) {
            block.write(name - 15);
        }
        block.write(value.length());
        block.writeBytes(value.getBytes(US_ASCII));
    }
}
