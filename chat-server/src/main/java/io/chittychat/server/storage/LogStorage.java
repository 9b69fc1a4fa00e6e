package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.Timeline;
import java.util.Optional;

/**
 * Where the log is kept.
 *
 * <p>Threading: any thread, unless what is asked for says otherwise.
 */
public interface LogStorage extends AutoCloseable {

    /** Identity of the log's life. */
    String epoch();

    /** The room as it was when the log was kept for the last time. */
    RoomState recorded();

    /** Records what the room does. */
    Journal journal();

    /** Whether messages can be recorded. */
    boolean isWritable();

    /** What an operator should do something about before it does harm; empty if there is nothing. */
    Optional<String> warning();

    /** What was found that is not what was recorded, for an operator; empty if nothing was. */
    Optional<String> damage();

    /** What is older than a timeline, which from now on forgets what is removed. To be called once. */
    Archive archive(Timeline timeline);

    /** Finds what was said. */
    MessageIndex index();

    /** Lamport time up to which everything can be found in the index; 0 without one. */
    long indexedThrough();

    @Override
    void close();
}
