package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.SpaceReserve;
import io.chittychat.server.store.StoreException;
import java.io.IOException;
import java.time.Duration;

/**
 * Records batches in a store. When the disk is full, it frees the reserve, so that joins and leaves can still be
 * recorded. It has space for messages again once the reserve fits again.
 *
 * <p>Threading: the room thread, and before it runs the starting thread, unless a method says otherwise.
 */
final class StoreJournal implements Journal {

    private static final long RETRY = Duration.ofMillis(200).toNanos();

    private final EventStore store;
    private final SpaceReserve reserve;
    private volatile boolean full; // the room thread writes it
    private long lastTry = System.nanoTime(); // nanoseconds

    /** @param reserveSize the size of the reserve, in bytes */
    StoreJournal(EventStore store, long reserveSize) {
        this.store = store;
        this.reserve = new SpaceReserve(store.file(), reserveSize);
        this.full = !reserve.take();
    }

    @Override
    public void append(Batch batch) throws FullException, BusyException {
        try {
            store.append(batch.events(), batch.joins(), batch.lamportTime());
        } catch (StoreException.Busy e) {
            throw new BusyException(e);
        } catch (StoreException.Full e) {
            full = true;
            freeReserve(e);
            throw new FullException(e);
        }
    }

    private void freeReserve(StoreException.Full cause) {
        try {
            reserve.release();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether messages can be recorded, or the next one can be. Any thread may call it. */
    boolean isWritable() {
        return !store.isLocked() && (!full || reserve.fits());
    }

    @Override
    public boolean hasSpace() {
        if (full && System.nanoTime() - lastTry >= RETRY) {
            lastTry = System.nanoTime();
            full = !reserve.take();
        }
        return !full;
    }
}
