package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Plain lines to a pipe or file, flushed one by one: events to the one stream, errors and notices to the other. */
public final class PlainScreen implements Screen {

    private final PrintStream out;
    private final PrintStream err;
    private final Function<Event, String> format;
    private final Runnable onBroken;
    private final AtomicBoolean broken = new AtomicBoolean();

    /**
     * A screen on two streams, which stay the caller's.
     *
     * @param format an event as a line
     * @param onBroken is told, once, when nobody reads the first stream any more; must not block
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
