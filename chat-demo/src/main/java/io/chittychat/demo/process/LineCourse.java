package io.chittychat.demo.process;

import io.chittychat.process.Relay;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The course of one connection over a line. */
final class LineCourse implements Relay.Course {

    private final Supplier<LineQuality> quality;
    private final AtomicLong bytesToBreak;
    private final Runnable broken;

    /**
     * @param bytesToBreak after how many bytes, of both directions together, the connection breaks
     * @param broken is called when it breaks at random
     */
    LineCourse(Supplier<LineQuality> quality, long bytesToBreak, Runnable broken) {
        this.quality = quality;
        this.bytesToBreak = new AtomicLong(bytesToBreak);
        this.broken = broken;
    }

    @Override
    public boolean pass(byte[] buffer, int count, OutputStream to) throws IOException {
        delay();
        long left = bytesToBreak.addAndGet(-count);
        if (left <= 0 && quality.get().random().isPresent()) {
            to.write(buffer, 0, (int) Math.max(0, count + left)); // a part of what was sent
            if (count + left > 0) { // otherwise the other direction broke it
                broken.run();
            }
            return false;
        }
        to.write(buffer, 0, count);
        return true;
    }

    private void delay() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(quality.get().delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
