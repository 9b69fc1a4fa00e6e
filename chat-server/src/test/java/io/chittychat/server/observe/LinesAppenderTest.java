package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinesAppenderTest {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Written written = new Written();
    private final LinesAppender.Lines lines = new LinesAppender.Lines(new PrintStream(written, false, UTF_8), clock);

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    @Test
    void singleLineIsWrittenSoon() {
        write("rpc=Join\n");

        await().until(() -> written.pieces().equals(List.of("rpc=Join\n")));
    }

    @Test
    void manyLinesTakeFewWritesAndStayWhole() {
        List<String> all = IntStream.range(0, 10_000)
                .mapToObj(i -> "rpc=Publish lamport_in=" + i + "\n")
                .toList();
        all.forEach(this::write);
        lines.close();

        assertThat(String.join("", written.pieces())).isEqualTo(String.join("", all));
        assertThat(written.pieces()).hasSizeLessThan(1000).allMatch(piece -> piece.endsWith("\n"));
    }

    private void write(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        lines.write(bytes, 0, bytes.length);
    }

    /** Keeps the pieces, one for each call of write. */
    private static final class Written extends ByteArrayOutputStream {

        private final List<String> pieces = new ArrayList<>();

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                pieces.add(new String(bytes, offset, length, UTF_8));
            }
        }

        synchronized List<String> pieces() {
            return List.copyOf(pieces);
        }
    }
}
