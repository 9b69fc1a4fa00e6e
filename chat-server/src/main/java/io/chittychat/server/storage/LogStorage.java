package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.Timeline;
import java.util.Optional;

/**
 * The place where the log is kept: it has the implementations of the ports of log and timeline.
 *
 * <p>Threading: any thread; the returned objects have rules of their own.
 */
public interface LogStorage extends AutoCloseable {

    /** Returns the log's identity; a new log gets another one. */
    String epoch();

    /** Reads the room as it was after the newest batch that was recorded. */
    RoomState recorded();

    /** Returns the journal, which records batches. */
    Journal journal();

    /** Whether messages can be recorded. */
    boolean isWritable();

    /** Returns a problem that the operator should solve before it does harm; empty if there is none. */
    Optional<String> warning();

    /** Returns the damage that was found last, for the operator; empty if none was found. */
    Optional<String> damage();

    /**
     * Returns the archive behind a timeline. From then on, the timeline forgets events that are removed. Call it once.
     */
    Archive archive(Timeline timeline);

    /** Returns the index that finds messages. */
    MessageIndex index();

    /** Returns the Lamport time up to which all messages are in the index; 0 without an index. */
    long indexedThrough();

    @Override
    void close();
}
