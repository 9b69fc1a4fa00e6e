package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * The standard output and the standard error of the process, neither of which makes the service wait for its reader. What is
 * printed or logged by any part of the program goes this way, so that no thread of the chat can be stopped by a reader.
 *
 * <p>Threading: any thread.
 */
public final class Console {

    /** Some ten thousand lines. */
    private static final long DEFAULT_LIMIT = 4 * 1024 * 1024; // bytes

    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private final List<ConsoleBuffer> outputs;

    private Console(List<ConsoleBuffer> outputs) {
        this.outputs = outputs;
    }

    /** Puts buffers before both outputs of this process, for good. */
    public static Console install() {
        DropNotice notice = new DropNotice();
        ConsoleBuffer out =
                new ConsoleBuffer("stdout", new FileOutputStream(FileDescriptor.out), DEFAULT_LIMIT, notice::of);
        ConsoleBuffer err =
                new ConsoleBuffer("stderr", new FileOutputStream(FileDescriptor.err), DEFAULT_LIMIT, notice::of);
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        Console console = new Console(List.of(out, err));
        // A writer that waits for the reader must not keep the service from stopping.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> console.outputs.forEach(ConsoleBuffer::hurry), "console-hurry"));
        return console;
    }

    /** That of a process whose outputs are written to without a buffer: nothing is ever dropped. */
    public static Console unbuffered() {
        return new Console(List.of());
    }

    /**
     * Sets what happens while the reader does not read.
     *
     * @param limit how many bytes of each output wait at most
     * @param waits whether the service waits for the reader then; otherwise the oldest lines are dropped
     */
    public void configure(long limit, boolean waits) {
        outputs.forEach(output -> output.configure(limit, waits));
    }

    /** How many lines were dropped up to now. */
    public long dropped() {
        return outputs.stream().mapToLong(ConsoleBuffer::dropped).sum();
    }

    /** How many of them the reader has not been told of, since it does not read. */
    public long untold() {
        return outputs.stream().mapToLong(ConsoleBuffer::untold).sum();
    }

    /** How many bytes wait to be read. */
    public long waiting() {
        return outputs.stream().mapToLong(ConsoleBuffer::waiting).sum();
    }

    /** Gives what waits at the end of the process a moment to be read. */
    public void drain() {
        outputs.forEach(output -> output.drain(AT_THE_END));
    }
}
