package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A buffer before an output whose reader stops reading, and reads again. */
@Timeout(60)
class ConsoleBufferTest {

    private static final int LIMIT = 1000; // bytes

    private final Pipe pipe = new Pipe();
    private final ConsoleBuffer buffer =
            new ConsoleBuffer("test-output", pipe, LIMIT, lines -> (lines + " missing\n").getBytes(UTF_8));
    private final PrintStream out = new PrintStream(buffer, true, UTF_8);

    @AfterEach
    void stop() {
        pipe.open();
        buffer.drain(Duration.ofSeconds(10));
    }

    @Test
    void linesArriveWholeAndInOrder() {
        pipe.open();
        List<String> lines = IntStream.range(0, 50).mapToObj(i -> "line " + i).toList();
        lines.forEach(out::println);
        out.print("without an end");
        buffer.drain(Duration.ofSeconds(30));

        assertThat(pipe.text().lines()).startsWith(lines.toArray(new String[0])).endsWith("without an end");
        assertThat(buffer.dropped()).isZero();
    }

    @Test
    void writerDoesNotWaitAndDroppedLinesAreReported() {
        out.println("line 0");
        await().until(pipe::isBlocked);
        IntStream.rangeClosed(1, 10_000).forEach(i -> out.println("line " + i));

        assertThat(buffer.waiting()).isBetween(LIMIT - 20L, (long) LIMIT);
        assertThat(buffer.unreported()).isPositive().isEqualTo(buffer.dropped());
        long missing = buffer.dropped();

        pipe.open();
        await().until(() -> pipe.text().contains("line 10000\n"));
        List<String> arrived = pipe.text().lines().toList();
        assertThat(arrived.subList(0, 3)).containsExactly("line 0", missing + " missing", "line " + (missing + 1));
        assertThat(arrived).hasSize((int) (1 + 1 + 10_000 - missing)).endsWith("line 10000");
        assertThat(buffer.unreported()).isZero();
        assertThat(buffer.dropped()).isEqualTo(missing);
    }

    @Test
    void lineLongerThanTheLimitIsKeptAlone() {
        out.println("first");
        await().until(pipe::isBlocked);
        out.println("x".repeat(5 * LIMIT));
        out.println("last");

        pipe.open();
        await().until(() -> pipe.text().endsWith("last\n"));
        assertThat(pipe.text()).isEqualTo("first\n1 missing\nlast\n");
    }

    @Test
    void writerWaitsIfConfiguredAndNothingIsDropped() throws Exception {
        buffer.configure(LIMIT, true);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> IntStream.range(0, 1000).forEach(i -> out.println("line " + i)));
        await().until(() -> buffer.waiting() > LIMIT - 20);
        assertThat(writing).isNotDone();

        pipe.open();
        writing.get(30, TimeUnit.SECONDS);
        await().until(() -> pipe.text().endsWith("line 999\n"));
        assertThat(pipe.text().lines()).hasSize(1000);
        assertThat(buffer.dropped()).isZero();
    }

    @Test
    void waitingWriterContinuesAsSoonAsThereIsRoom() {
        buffer.configure(LIMIT, true);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            synchronized (buffer) { // nothing is written to the output until the writer waits
                IntStream.range(0, 1000).forEach(i -> out.println("line " + i));
            }
        });
        await().until(pipe::isBlocked);

        await().until(() -> buffer.waiting() > LIMIT - 20);
        assertThat(writing).isNotDone();
    }

    @Test
    void noWriterWaitsAfterDraining() throws Exception {
        buffer.configure(LIMIT, true);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> IntStream.range(0, 1000).forEach(i -> out.println("line " + i)));
        await().until(() -> buffer.waiting() > LIMIT - 20);

        buffer.drain(Duration.ofMillis(1)); // the reader does not come back
        writing.get(30, TimeUnit.SECONDS);
        assertThat(buffer.dropped()).isPositive();
    }

    @Test
    void linesForAnOutputWithoutReaderAreCounted() {
        pipe.close();
        pipe.open();
        out.println("one");
        await().until(() -> buffer.dropped() == 1);
        out.println("two"); // follows a notice, which does not count as a dropped line
        buffer.drain(Duration.ofSeconds(30));

        assertThat(buffer.dropped()).isEqualTo(2);
        assertThat(buffer.unreported()).isEqualTo(2);
        assertThat(buffer.waiting()).isZero();
    }

    /** Blocks its writer until it is open. */
    private static final class Pipe extends OutputStream {

        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile boolean blocked;
        private volatile boolean closed;

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            blocked = true;
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            blocked = false;
            if (closed) {
                throw new IOException("Broken pipe");
            }
            synchronized (read) {
                read.write(bytes, offset, length);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        void open() {
            open.countDown();
        }

        boolean isBlocked() {
            return blocked;
        }

        String text() {
            synchronized (read) {
                return read.toString(UTF_8);
            }
        }
    }
}
