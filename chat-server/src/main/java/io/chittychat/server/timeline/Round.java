package io.chittychat.server.timeline;

import java.util.List;
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
    private final long began = System.nanoTime();
    private int next; // who is served next
    private boolean sent;

    Round(View view, CatchUp catchUp) {
        this.view = view;
        this.slices = new SliceFinder(view);
        this.catchUp = catchUp;
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

    /** Serves one reader; one that fails is served no more. Returns how many bytes were sent. */
    int serve(Subscription reader) {
        try {
            return reader.serve(view, slices, catchUp, System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("A reader failed and is served no more", e);
            reader.abandon();
            return 0;
        }
    }

    /** Whether anything was sent. */
    boolean hasSent() {
        return sent;
    }

    /** Nanoseconds since the round began. */
    long age() {
        return System.nanoTime() - began;
    }

    /** Whether it showed what there is to see now. */
    boolean isOf(View now) {
        return view == now;
    }
}
