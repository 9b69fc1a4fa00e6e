package io.chittychat.server.observe;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes log lines to the standard output, several whole lines at once, because a system call costs more than a line. A
 * line waits {@value #PATIENCE} ms at most.
 *
 * <p>Threading: any thread.
 */
public final class LinesAppender<E> extends OutputStreamAppender<E> {

    private static final int PATIENCE = 50; // milliseconds

    @Override
    public void start() {
        setImmediateFlush(false);
        setOutputStream(new Lines(System.out, getContext().getScheduledExecutorService()));
        super.start();
    }

    /** Collects lines for a moment. Each call of write must pass one whole line, which is not split. */
    static final class Lines extends OutputStream {

        private static final int MUCH = 32 * 1024; // bytes

        private final PrintStream target;
        private final ScheduledExecutorService clock;
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * MUCH); // guarded by this
        private boolean scheduled; // guarded by this; a flush is scheduled

        Lines(PrintStream target, ScheduledExecutorService clock) {
            this.target = target;
            this.clock = clock;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            lines.write(bytes, offset, length);
            if (lines.size() >= MUCH) {
                flush();
            } else if (!scheduled) { // under load, a schedule for each flush would cost more than the flush
                scheduled = true;
                clock.schedule(this::flushOnSchedule, PATIENCE, TimeUnit.MILLISECONDS);
            }
        }

        private synchronized void flushOnSchedule() {
            scheduled = false;
            flush();
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public synchronized void flush() {
            if (lines.size() > 0) {
                try {
                    lines.writeTo(target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // a PrintStream throws none
                }
                target.flush();
                lines.reset();
            }
        }

        @Override
        public void close() {
            flush(); // the standard output stays open
        }
    }
}
