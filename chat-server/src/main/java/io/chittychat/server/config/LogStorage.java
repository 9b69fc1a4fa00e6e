package io.chittychat.server.config;

import io.chittychat.server.log.Journal;
import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the log is kept: a store on a disk, or nowhere.
 *
 * @param epoch identity of the log's life
 * @param writable whether messages can be recorded; any thread may ask
 */
record LogStorage(
        String epoch,
        Journal journal,
        BooleanSupplier writable,
        Optional<Archive> archive,
        @Nullable StoreIndex storeIndex,
        @Nullable StoreKeeper keeper)
        implements AutoCloseable {

    static LogStorage of(ChittyProperties.Store settings) {
        if (settings.durability() == Durability.MEMORY) {
            return new LogStorage(UUID.randomUUID().toString(), Journal.NONE, () -> true, Optional.empty(), null, null);
        }
        EventStore store = EventStore.open(settings.file(), settings.durability());
        StoreKeeper keeper = new StoreKeeper(store, settings.retention());
        keeper.start();
        StoreIndex index = new StoreIndex(new SearchIndex(store));
        index.start();
        StoreJournal journal = new StoreJournal(store, settings.reserve().toBytes());
        return new LogStorage(
                store.epoch(), journal, journal::isWritable, Optional.of(new StoreArchive(store)), index, keeper);
    }

    /** Sets who is told, when events were removed, of the Lamport time through which; nothing is removed without a store. */
    void onRemoved(LongConsumer listener) {
        if (keeper != null) {
            keeper.onRemoved(listener);
        }
    }

    /** Finds what was said; without a store nothing is indexed. */
    MessageIndex index() {
        return storeIndex == null ? MessageIndex.NONE : storeIndex;
    }

    /** Lamport time up to which everything can be found; 0 without an index. */
    long indexedThrough() {
        return storeIndex == null ? 0 : storeIndex.indexedThrough();
    }

    @Override
    public void close() {
        if (storeIndex != null) {
            storeIndex.close();
        }
        if (keeper != null) {
            keeper.close();
        }
    }
}
