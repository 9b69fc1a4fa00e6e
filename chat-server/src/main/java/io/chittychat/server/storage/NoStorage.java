package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.v1.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Keeps nothing. The log lives as long as the process, and events that the timeline drops are gone. */
public final class NoStorage implements LogStorage {

    private final String epoch = UUID.randomUUID().toString();

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public RoomState recorded() {
        return RoomState.EMPTY;
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    @Override
    public Optional<String> damage() {
        return Optional.empty();
    }

    @Override
    public Journal journal() {
        return Journal.NONE;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Archive archive(Timeline timeline) {
        return new NoArchive(timeline);
    }

    @Override
    public MessageIndex index() {
        return MessageIndex.NONE;
    }

    @Override
    public long indexedThrough() {
        return 0;
    }

    @Override
    public void close() {}

    private record NoArchive(Timeline timeline) implements Archive {

        @Override
        public boolean reaches(long cursor) {
            return cursor >= removedThrough();
        }

        @Override
        public long removedThrough() {
            return timeline.view().begin();
        }

        @Override
        public OptionalLong oldest() {
            return OptionalLong.empty();
        }

        @Override
        public Page after(long cursor, long upTo, int maxEvents) {
            return new Page(Optional.empty(), reaches(cursor));
        }

        @Override
        public List<Event> before(long lamportTime, int maxEvents) {
            return List.of();
        }
    }
}
