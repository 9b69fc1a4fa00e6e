package io.chittychat.server.timeline;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way over the readers of a lane, with one view of the timeline; those at the same place share a slice.
 *
 * <p>Threading: the lane's thread.
 */
final class Round {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final int PIECE = 256 * 1024; // bytes
    private static final int LEAST_COST = 4096; // bytes; to send an event alone costs as much as to send so many

    private final View view;
    private final SliceFinder slices;
    private final CatchUp catchUp;
    private final LongSupplier nanoTime;
    private final long began;
    private int next; // who is served next
    private boolean sent;

    Round(View view, CatchUp catchUp, LongSupplier nanoTime) {
        this.view = view;
        this.slices = new SliceFinder(view);
        this.catchUp = catchUp;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** Serves the next readers, until enough was sent for others to have their turn. Returns whether all were served. */
    boolean goOn(List<Subscription> readers) {
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

    /** Serves one reader; one that fails is ended, and may come again. Returns how many bytes were sent. */
    int serve(Subscription reader) {
        try {
            return reader.serve(view, slices, catchUp, nanoTime.getAsLong());
        } catch (RuntimeException | Error e) {
            LOG.error("A reader failed and is ended", e);
            end(reader);
            return 0;
        }
    }

    private static void end(Subscription reader) {
        try {
            reader.finish(Reader.End.UNREADABLE);
        } catch (RuntimeException | Error e) {
            LOG.error("A reader that failed cannot even be ended", e);
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

    /** Whether it showed what there is to see now. */
    boolean isOf(View now) {
        return view == now;
    }
}
