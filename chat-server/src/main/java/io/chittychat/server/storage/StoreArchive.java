package io.chittychat.server.storage;

import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.timeline.WireEvents;
import io.chittychat.v1.BroadcastResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The store as the archive behind the timeline: it converts events to slices. */
final class StoreArchive implements Archive {

    private final EventStore store;

    StoreArchive(EventStore store) {
        this.store = store;
    }

    @Override
    public boolean reaches(long cursor) {
        return cursor >= store.removedThrough();
    }

    @Override
    public long removedThrough() {
        return store.removedThrough();
    }

    @Override
    public OptionalLong oldest() {
        return store.oldest();
    }

    @Override
    public Page after(long cursor, long upTo, int maxEvents) {
        EventStore.Page page = read(() -> store.page(cursor, maxEvents));
        List<io.chittychat.v1.Event> events = page.events().stream()
                .takeWhile(event -> event.header().lamportTime() <= upTo)
                .map(WireEvents::of)
                .toList();
        return new Page(slice(events), cursor >= page.removedThrough());
    }

    @Override
    public List<io.chittychat.v1.Event> before(long lamportTime, int maxEvents) {
        return read(() -> store.before(lamportTime, maxEvents)).stream()
                .map(WireEvents::of)
                .toList();
    }

    /** Reads from a store, and throws the exceptions of the timeline's ports. */
    static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StoreException.Damaged e) {
            throw new DamagedException(e);
        } catch (StoreException e) {
            throw new UnreadableException(e);
        }
    }

    private static Optional<Slice> slice(List<io.chittychat.v1.Event> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes =
                BroadcastResponse.newBuilder().addAllEvents(events).build().toByteArray();
        return Optional.of(
                new Slice(bytes, 0, bytes.length, events.get(events.size() - 1).getLamportTime()));
    }
}
