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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the log in a store on the disk. */
public final class SqliteStorage implements LogStorage {

    private final EventStore store;
    private final StoreKeeper keeper;
    private final StoreIndex index;
    private final StoreJournal journal;
    private UnaryOperator<RoomState> completion = UnaryOperator.identity();
    private @Nullable ReplicaStore replica; // of a node of several

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

    /**
     * Opens the store of a node of several; creates it if the file does not exist.
     *
     * @param epoch the identity of the log that the nodes share
     * @param node the id of the node if the store is new
     */
    public static SqliteStorage openReplica(
            Path file, Durability durability, Retention retention, long reserve, String epoch, long node) {
        EventStore store = EventStore.openReplica(file, durability, epoch, node);
        SqliteStorage storage = new SqliteStorage(store, retention, reserve);
        ReplicaStore replica = new ReplicaStore(store);
        storage.replica = replica;
        storage.completion = replica.place()::completed;
        return storage;
    }

    /** Returns what a node of several needs beside the rest. */
    public ReplicaStore replica() {
        if (replica == null) {
            throw new IllegalStateException("not the store of a node of several");
        }
        return replica;
    }

    @Override
    public String epoch() {
        return store.epoch();
    }

    @Override
    public RoomState recorded() {
        return completion.apply(store.recorded());
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
        try {
            index.close();
        } finally {
            keeper.close();
        }
    }
}
