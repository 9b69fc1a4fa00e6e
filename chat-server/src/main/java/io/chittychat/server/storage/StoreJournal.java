package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.SpaceReserve;
import io.chittychat.server.store.StoreException;
import java.io.IOException;
import java.time.Duration;

/**
 * Records in a store. When the disk is full it gives up its reserve, so that joining and leaving can go on; messages are
 * taken again when there is space for the reserve again.
 *
 * <p>Threading: the room thread (and, before it runs, the starting thread), unless a method says otherwise.
 */
final class StoreJournal implements Journal {

    private static final long LOOK_AGAIN = Duration.ofMillis(200).toNanos();

    private final EventStore store;
    private final SpaceReserve reserve;
    private volatile boolean full; // written by the room thread
    private long lastLook = System.nanoTime(); // nanoseconds

    /** @param reserveSize in bytes */
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
            giveUpReserve(e);
            throw new FullException(e);
        }
    }

    private void giveUpReserve(StoreException.Full cause) {
        try {
            reserve.release();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether messages can be recorded, or could from the next one on. Any thread may ask. */
    boolean isWritable() {
        return !store.isLocked() && (!full || reserve.fits());
    }

    @Override
    public boolean hasSpace() {
        if (full && System.nanoTime() - lastLook >= LOOK_AGAIN) {
            lastLook = System.nanoTime();
            full = !reserve.take();
        }
        return !full;
    }
}
