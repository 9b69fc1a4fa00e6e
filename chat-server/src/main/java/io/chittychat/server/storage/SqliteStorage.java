package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.Timeline;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the log in a store on the disk. */
public final class SqliteStorage implements LogStorage {

    private final EventStore store;
    private final StoreKeeper keeper;
    private final StoreIndex index;
    private final StoreJournal journal;

    private SqliteStorage(EventStore store, Retention retention, long reserve) {
        this.store = store;
        this.keeper = new StoreKeeper(store, retention);
        keeper.start();
        this.index = new StoreIndex(new SearchIndex(store));
        index.start();
        this.journal = new StoreJournal(store, reserve);
    }

    /**
     * Opens a store; creates it if the file does not exist.
     *
     * @param reserve the disk space that is reserved for joins and leaves on a full disk, in bytes
     */
    public static SqliteStorage open(Path file, Durability durability, Retention retention, long reserve) {
        return new SqliteStorage(EventStore.open(file, durability), retention, reserve);
    }

    @Override
    public String epoch() {
        return store.epoch();
    }

    @Override
    public RoomState recorded() {
        return store.recorded();
    }

    @Override
    public Optional<String> warning() {
        return store.isWalHeld()
                ? Optional.of("a program reads the store without end, and its write-ahead log grows")
                : Optional.empty();
    }

    @Override
    public Optional<String> damage() {
        return store.damage();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public boolean isWritable() {
        return journal.isWritable();
    }

    @Override
    public Archive archive(Timeline timeline) {
        keeper.onRemoved(timeline::forget);
        return new StoreArchive(store);
    }

    @Override
    public MessageIndex index() {
        return index;
    }

    @Override
    public long indexedThrough() {
        return index.indexedThrough();
    }

    @Override
    public void close() {
        index.close();
        keeper.close();
    }
}
