package io.chittychat.client.shell;

import java.io.PrintStream;

/** Plain lines to a pipe or file, flushed one by one: events to the one stream, errors and notices to the other. */
public final class PlainScreen implements Screen {

    private final PrintStream out;
    private final PrintStream err;

    /** A screen on two streams, which stay the caller's. */
    public PlainScreen(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void show(String line) {
        print(out, line);
    }

    @Override
    public void warn(String line) {
        print(err, line);
    }

    private static void print(PrintStream stream, String line) {
        synchronized (stream) {
            stream.print(line + "\n");
            stream.flush();
        }
    }
}
