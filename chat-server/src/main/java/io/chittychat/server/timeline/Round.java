package io.chittychat.server.timeline;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over the readers of a lane, with one view of the timeline. Readers with the same cursor share a slice.
 *
 * <p>Threading: the lane's thread.
 */
final class Round {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final int PIECE = 256 * 1024; // bytes
    private static final int LEAST_COST = 4096; // bytes; to send one event takes as long as to send this many bytes

    private final View view;
    private final SliceFinder slices;
    private final CatchUp catchUp;
    private final LongSupplier nanoTime;
    private final long began;
    private int next; // index of the reader that is served next
    private boolean sent;

    Round(View view, CatchUp catchUp, LongSupplier nanoTime) {
        this.view = view;
        this.slices = new SliceFinder(view);
        this.catchUp = catchUp;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /**
     * Serves readers until all are served, or enough bytes are sent that the thread should do other work. Returns
     * whether all are served.
     */
    boolean proceed(List<Subscription> readers) {
        int cost = 0;
        while (next < readers.size() && cost < PIECE) {
            int bytes = serve(readers.get(next++));
            if (bytes > 0) {
                sent = true;
                cost += Math.max(bytes, LEAST_COST);
            }
        }
        return next >= readers.size();
    }

    /** Serves one reader, and ends it if it fails; its client can resume. Returns the number of bytes sent. */
    int serve(Subscription reader) {
        try {
            return reader.serve(view, slices, catchUp, nanoTime.getAsLong());
        } catch (RuntimeException | Error e) {
            LOG.error("A reader failed; its subscription is ended", e);
            end(reader);
            return 0;
        }
    }

    private static void end(Subscription reader) {
        try {
            reader.finish(Reader.End.UNREADABLE);
        } catch (RuntimeException | Error e) {
            LOG.error("The subscription of a reader that failed cannot be ended", e);
        }
    }

    /** Whether anything was sent. */
    boolean hasSent() {
        return sent;
    }

    /** Nanoseconds since the round began. */
    long age() {
        return nanoTime.getAsLong() - began;
    }

    /** Whether the round used this view. */
    boolean shows(View other) {
        return view == other;
    }
}
