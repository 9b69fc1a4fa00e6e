package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command says no more than what the logs that it was given tell. */
class TraceClaimsTest {

    private static final Path RUN = Path.of("src", "test", "resources", "run");

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void allThatThereIsHolds() throws IOException {
        copy("alice", "bob", "carol", "dave", "");
        assertThat(trace(dir)).isZero();
        assertThat(said()).endsWith("Everything holds.\n").doesNotContain("no log of");
    }

    @Test
    void concurrentMessagesAreNamed() throws IOException {
        copy("alice", "bob", "carol", "dave", "");
        Path data = dir.resolve("chat.json");
        assertThat(trace(dir, "--json", data)).isZero();
        assertThat(said()).contains("\n1 pair of messages is concurrent: 20|21\n");
        assertThat(data).content().containsPattern("\"pairs\" : 1,\\s+\"first\" : \\[ *\\[ *20, 21 *] *]");
    }

    @Test
    void whatIsPrintedFitsATerminal() throws IOException {
        copy("alice", "bob", "dave", "");
        assertThat(trace(dir)).isZero();
        assertThat(said().lines()).allMatch(line -> line.length() <= 80 || !line.contains(" "));
    }

    @Test
    void whoseLogIsMissingIsSaid() throws IOException {
        copy("alice", "bob", "dave", "");
        assertThat(trace(dir)).isZero();
        assertThat(said())
                .contains("Note: no log of carol, who has events from 10 to ")
                .contains("each given log is whole")
                .endsWith("Everything in these logs holds; there was no log of carol.\n");
    }

    @Test
    void filesThatAreNoLogsOfOursAreNamed() throws IOException {
        copy("alice", "bob", "");
        Files.writeString(dir.resolve("participant-carol.log"), "");
        Files.writeString(dir.resolve("participant-dave.log"), Files.readString(log("dave")), UTF_16);
        Files.write(dir.resolve("participant-eve.log.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Files.writeString(dir.resolve("letter.txt"), "Dear Sir,\n");
        assertThat(trace(dir)).isZero();
        assertThat(said())
                .contains("not read, because each is empty: participant-carol.log\n")
                .contains("not read, because each is in UTF-16: save it as UTF-8:\nparticipant-dave.log\n")
                .contains("not read, because each is compressed: unpack it first:\nparticipant-eve.log.gz\n")
                .contains("not read, because each is no log of a participant or of the service:\nletter.txt\n")
                .contains("there was no log of carol, no log of dave");
    }

    @Test
    void theServiceAloneContradictsNobody() throws IOException {
        copy("");
        assertThat(trace(dir)).isZero();
        assertThat(said()).endsWith("No contradiction, but only the log of the service was given.\n");
    }

    @Test
    void withoutTheServiceItsLogIsSaidToBeMissing() throws IOException {
        copy("alice", "bob", "carol", "dave");
        assertThat(trace(dir)).isZero();
        assertThat(said()).endsWith("Everything in these logs holds; there was no log of the service.\n");
    }

    @Test
    @Timeout(60)
    void whatHasNoEndIsNotRead() throws IOException {
        assertThat(trace(Path.of("/dev/zero"))).isEqualTo(2);
        assertThat(said()).contains("/dev/zero is not a regular file");
        Path zeros = dir.resolve("zeros.log");
        try (var file = Files.newByteChannel(
                zeros, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            file.position(1L << 42);
            file.write(java.nio.ByteBuffer.wrap(new byte[] {0})); // as good as no end, and takes no room
        }
        assertThat(trace(zeros)).isEqualTo(2);
    }

    /** @param names whose logs; the service's has no name */
    private void copy(String... names) throws IOException {
        for (String name : names) {
            Path log = log(name);
            Files.copy(log, dir.resolve(log.getFileName().toString()));
        }
    }

    private static Path log(String name) {
        return name.isEmpty()
                ? RUN.resolve("output").resolve("server.out")
                : RUN.resolve("logs").resolve("participant-" + name + ".log");
    }

    private int trace(Object... arguments) {
        PrintStream print = new PrintStream(out, true, UTF_8);
        return TraceCommand.run(Stream.of(arguments).map(Object::toString).toList(), print, print);
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
