package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sockets do not take, with real sockets: at most 200 KB for a connection, 300 KB before they are short, for a minute. */
class BacklogTest {

    private static final int KB = 1024;

    private final Backlogs all = Backlogs.start(new UnreadLimits(300 * KB, 200 * KB, Duration.ofMinutes(1)));
    private final List<Connection> connections = new ArrayList<>();

    /** Both ends of a connection. */
    private final class Connection {

        private final SocketChannel client;
        private final SocketChannel server;
        private final AtomicInteger closed = new AtomicInteger();
        private final Backlog backlog;

        Connection() throws IOException {
            try (ServerSocketChannel port = ServerSocketChannel.open()) {
                port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                client = SocketChannel.open(port.getLocalAddress());
                server = port.accept();
            }
            server.configureBlocking(false);
            backlog = new Backlog(server, all, closed::incrementAndGet);
            connections.add(this);
        }

        /** Fills the socket, so that everything after it is backlog. */
        int fill() throws IOException {
            int count = 0;
            int more;
            do {
                more = server.write(ByteBuffer.allocate(64 * KB));
                count += more;
            } while (more > 0);
            return count;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Connection connection : connections) {
            connection.backlog.end();
            connection.client.close();
            connection.server.close();
        }
        all.close();
    }

    private static ByteBuffer bytes(int count, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @Test
    void clientThatReadsLaterReceivesAllInOrderAndTheTaskRunsAfterwards() throws IOException {
        Connection connection = new Connection();
        AtomicBoolean sent = new AtomicBoolean();
        int first = connection.fill();
        assertThat(connection.backlog.whenSent(() -> sent.set(true))).isFalse();
        connection.backlog.write(bytes(100 * KB, 1));
        assertThat(connection.backlog.whenSent(() -> sent.set(true))).isTrue();
        connection.backlog.write(bytes(50 * KB, 2));
        ByteBuffer read = ByteBuffer.allocate(first + 150 * KB);
        assertThat(sent).isFalse();
        while (read.hasRemaining()) {
            connection.client.read(read);
        }
        await().untilTrue(sent);
        assertThat(read.get(first)).isEqualTo((byte) 1);
        assertThat(read.get(first + 100 * KB - 1)).isEqualTo((byte) 1);
        assertThat(read.get(first + 100 * KB)).isEqualTo((byte) 2);
        await().until(() -> !connection.backlog.whenSent(() -> {}));
    }

    @Test
    void connectionHasALimit() throws IOException {
        Connection connection = new Connection();
        connection.fill();
        connection.backlog.write(bytes(150 * KB, 1));
        assertThatThrownBy(() -> connection.backlog.write(bytes(51 * KB, 1))).isInstanceOf(IOException.class);
        connection.backlog.write(bytes(50 * KB, 1));
    }

    @Test
    void allTogetherHaveALimitBelowWhichEachHasItsShare() throws IOException {
        for (int i = 0; i < 4; i++) { // up to twice the limit, as long as they read
            Connection greedy = new Connection();
            greedy.fill();
            greedy.backlog.write(bytes(160 * KB, 1));
        }
        Connection other = new Connection();
        other.fill();
        other.backlog.write(bytes(64 * KB, 1));
        assertThatThrownBy(() -> other.backlog.write(bytes(1, 1))).isInstanceOf(IOException.class);
        connections.get(0).backlog.end(); // gives back what it had
        connections.get(1).backlog.end();
        other.backlog.write(bytes(1, 1));
    }

    @Test
    void connectionWithoutProgressIsClosed() throws IOException {
        Connection connection = new Connection();
        connection.fill();
        long begin = System.nanoTime();
        connection.backlog.closeIfOverdue(begin + Duration.ofHours(1).toNanos());
        assertThat(connection.closed).hasValue(0); // nothing waits
        connection.backlog.write(bytes(1, 1));
        connection.backlog.closeIfOverdue(begin + Duration.ofSeconds(50).toNanos());
        assertThat(connection.closed).hasValue(0);
        connection.backlog.closeIfOverdue(begin + Duration.ofSeconds(80).toNanos());
        assertThat(connection.closed).hasValue(1);
    }
}
