package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn.Space;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles batches of ordered commands, whichever log ordered them: the room applies them, the journal records the
 * result, readers are shown the events, then callers are answered. Nothing else writes to the room.
 *
 * <p>Threading: one thread, {@code room}.
 */
public final class RoomLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RoomLoop.class);

    private final Room room;
    private final Journal journal;
    private final BatchSink readers;
    private long recordedTime; // the newest recorded Lamport time, which readers may see
    private boolean begun; // whether a batch was handled
    private boolean isLogged; // whether the current problem with recording is in the service's log

    /**
     * @param journal records each batch
     * @param readers shows each batch to readers
     */
    public RoomLoop(Room room, Journal journal, BatchSink readers) {
        this.room = room;
        this.journal = journal;
        this.readers = readers;
        this.recordedTime = room.lamportTime();
    }

    /**
     * Handles a batch, and records its result as a whole.
     *
     * @param batch the commands, in order, each with the time at which it was ordered
     * @throws RuntimeException if it is unknown whether the batch is recorded: no other batch may be handled, and the
     *     callers that were not answered must be refused
     */
    public void handle(List<? extends Ordered<?>> batch) {
        if (!begun) {
            begun = true;
            batch.stream().findFirst().ifPresent(first -> room.beginWindows(first.at()));
        }
        List<Event> events = record(batch);
        readers.append(events, recordedTime);
        room.settle();
        batch.forEach(Ordered::answer);
    }

    /** Applies and records the batch, or the part of it that fits on the disk. Returns the events to show. */
    private List<Event> record(List<? extends Ordered<?>> batch) {
        try {
            return recordWhatFits(batch);
        } catch (Journal.BusyException e) {
            undo("Another program uses the store, so nothing can be recorded for now", e);
            batch.forEach(ordered -> ordered.refuse(Refusal.LOG_UNAVAILABLE));
            return List.of();
        }
    }

    private List<Event> recordWhatFits(List<? extends Ordered<?>> batch) throws Journal.BusyException {
        try {
            return applyAndAppend(batch, journal.hasSpace() ? Space.ALL : Space.NO_MESSAGES);
        } catch (Journal.FullException e) {
            undo("The disk has no space to record the batch", e);
        }
        try {
            return applyAndAppend(batch, Space.NO_MESSAGES);
        } catch (Journal.FullException e) {
            undo("The disk has no space to record the batch", e);
        }
        batch.forEach(ordered -> ordered.apply(room, Space.NONE)); // without space, no command has a result to record
        return List.of();
    }

    /** Undoes the batch, and logs the problem once until a batch is recorded again. */
    private void undo(String problem, Exception cause) {
        if (!isLogged) {
            isLogged = true;
            LOG.error(problem, cause);
        }
        room.undo();
    }

    private List<Event> applyAndAppend(List<? extends Ordered<?>> batch, Space space)
            throws Journal.FullException, Journal.BusyException {
        List<Event> events = new ArrayList<>(batch.size());
        List<Result.Joined> joins = new ArrayList<>();
        for (Ordered<?> ordered : batch) {
            ordered.apply(room, space);
            ordered.event().ifPresent(events::add);
            ordered.join().ifPresent(joins::add);
        }
        long lamportTime = room.lamportTime();
        journal.append(new Journal.Batch(events, joins, lamportTime));
        recordedTime = lamportTime;
        isLogged = isLogged && space != Space.ALL;
        return events;
    }
}
