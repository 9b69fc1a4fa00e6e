package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn.Space;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of ordered commands, whichever log ordered them: the room applies them, the journal records what that
 * did, it is shown to readers, and then callers are told. The only writer of the room.
 *
 * <p>Threading: one thread, {@code room}.
 */
public final class RoomLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RoomLoop.class);

    private final Room room;
    private final Journal journal;
    private final BatchSink readers;
    private long recordedTime; // the newest Lamport time that readers may be told of
    private boolean begun; // whether there was a batch; no participant can ask for anything before
    private boolean isTold; // that something could not be recorded

    /**
     * @param journal records each batch
     * @param readers are shown each batch when it is recorded, before its callers are told
     */
    public RoomLoop(Room room, Journal journal, BatchSink readers) {
        this.room = room;
        this.journal = journal;
        this.readers = readers;
        this.recordedTime = room.lamportTime();
    }

    /**
     * Does what is asked for by commands that were ordered; records it together.
     *
     * @param batch in order, each with the time at which it was ordered
     * @throws RuntimeException if it is unknown what is recorded: nothing more must be handled, and callers that were not told have
     *     to be refused
     */
    public void handle(List<? extends Ordered<?>> batch) {
        if (!begun) {
            begun = true;
            batch.stream().findFirst().ifPresent(first -> room.beginWindows(first.at()));
        }
        List<Event> events = record(batch);
        readers.append(events, recordedTime);
        room.settle();
        batch.forEach(Ordered::tell);
    }

    /** Applies and records the batch: as much of it as there is space for. */
    private List<Event> record(List<? extends Ordered<?>> batch) {
        try {
            return recordWhatFits(batch);
        } catch (Journal.BusyException e) {
            undo("Nothing can be recorded for now", e);
            batch.forEach(ordered -> ordered.refuse(Refusal.LOG_UNAVAILABLE));
            return List.of();
        }
    }

    private List<Event> recordWhatFits(List<? extends Ordered<?>> batch) throws Journal.BusyException {
        try {
            return applyAndAppend(batch, journal.hasSpace() ? Space.ALL : Space.NO_MESSAGES);
        } catch (Journal.FullException e) {
            undo("There is no space to record what is asked for", e);
        }
        try {
            return applyAndAppend(batch, Space.NO_MESSAGES);
        } catch (Journal.FullException e) {
            undo("There is no space to record what is asked for", e);
        }
        batch.forEach(ordered -> ordered.apply(room, Space.NONE)); // there is nothing to record in what comes of that
        return List.of();
    }

    /** Tells an operator once, until something is recorded again. */
    private void undo(String problem, Exception cause) {
        if (!isTold) {
            isTold = true;
            LOG.error(problem, cause);
        }
        room.undo();
    }

    private List<Event> applyAndAppend(List<? extends Ordered<?>> batch, Space space)
            throws Journal.FullException, Journal.BusyException {
        batch.forEach(ordered -> ordered.apply(room, space));
        List<Event> events =
                batch.stream().flatMap(ordered -> ordered.event().stream()).toList();
        List<Result.Joined> joins =
                batch.stream().flatMap(ordered -> ordered.join().stream()).toList();
        long lamportTime = room.lamportTime();
        journal.append(new Journal.Batch(events, joins, lamportTime));
        recordedTime = lamportTime;
        isTold = isTold && space != Space.ALL;
        return events;
    }
}
