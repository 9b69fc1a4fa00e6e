package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * The standard output and standard error of the process, with a buffer before each. All printed and logged lines go
 * through them, so that a process that reads the output but stops reading cannot block a thread of the chat.
 *
 * <p>Threading: any thread.
 */
public final class Console {

    private static final long DEFAULT_LIMIT = 4 * 1024 * 1024; // bytes; tens of thousands of lines
    private static final Duration FINAL_WAIT = Duration.ofSeconds(2);

    private final List<ConsoleBuffer> outputs;

    private Console(List<ConsoleBuffer> outputs) {
        this.outputs = outputs;
    }

    /** Puts buffers before both outputs of this process, until it ends. */
    public static Console install() {
        DropNotice notice = new DropNotice();
        ConsoleBuffer out =
                new ConsoleBuffer("stdout", new FileOutputStream(FileDescriptor.out), DEFAULT_LIMIT, notice::of);
        ConsoleBuffer err =
                new ConsoleBuffer("stderr", new FileOutputStream(FileDescriptor.err), DEFAULT_LIMIT, notice::of);
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        Console console = new Console(List.of(out, err));
        // A thread that waits for the reader must not prevent the service from stopping.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> console.outputs.forEach(ConsoleBuffer::stopWaiting), "console-stop"));
        return console;
    }

    /** A console without buffers: it drops no lines, and writers may block. */
    public static Console unbuffered() {
        return new Console(List.of());
    }

    /**
     * Sets the limit of the buffers, and what happens when a buffer is full.
     *
     * @param limit the size of each buffer, in bytes
     * @param waits whether writers then wait for the reader; otherwise the oldest lines are dropped
     */
    public void configure(long limit, boolean waits) {
        outputs.forEach(output -> output.configure(limit, waits));
    }

    /** The number of lines dropped so far. */
    public long dropped() {
        return outputs.stream().mapToLong(ConsoleBuffer::dropped).sum();
    }

    /** The number of dropped lines for which no notice has been written yet, because nothing reads the output. */
    public long unreported() {
        return outputs.stream().mapToLong(ConsoleBuffer::unreported).sum();
    }

    /** The number of bytes in the buffers. */
    public long waiting() {
        return outputs.stream().mapToLong(ConsoleBuffer::waiting).sum();
    }

    /** Waits until the buffers are empty, up to 2 seconds for each. Call it at the end of the process. */
    public void drain() {
        outputs.forEach(output -> output.drain(FINAL_WAIT));
    }
}
