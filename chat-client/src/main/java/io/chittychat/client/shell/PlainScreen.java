package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Prints plain lines, flushed one by one: events and output to one stream, errors and notices to another. */
public final class PlainScreen implements Screen {

    private final PrintStream out;
    private final PrintStream err;
    private final Function<Event, String> format;
    private final Runnable onBroken;
    private final AtomicBoolean broken = new AtomicBoolean();

    /**
     * Prints to two streams, which the caller closes.
     *
     * @param format makes a line of an event
     * @param onBroken runs once, when the reader of the first stream is gone; must not block
     */
    public PlainScreen(PrintStream out, PrintStream err, Function<Event, String> format, Runnable onBroken) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.onBroken = onBroken;
    }

    @Override
    public void event(Event event) {
        show(line(event));
    }

    @Override
    public void show(String line) {
        print(out, line);
        if (out.checkError() && broken.compareAndSet(false, true)) {
            onBroken.run();
        }
    }

    @Override
    public void warn(String line) {
        print(err, line);
    }

    @Override
    public String line(Event event) {
        return format.apply(event);
    }

    private static void print(PrintStream stream, String line) {
        synchronized (stream) {
            stream.print(line + "\n");
            stream.flush();
        }
    }
}
