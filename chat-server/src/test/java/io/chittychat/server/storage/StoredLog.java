package io.chittychat.server.storage;

import io.chittychat.server.log.Answer;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.log.LocalCommandLog;
import io.chittychat.server.log.RoomLoop;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.Stores;
import io.chittychat.time.LamportClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A log with a store, wired as in the service, and the events that its readers were shown. */
final class StoredLog implements AutoCloseable {

    final EventStore store;
    final LocalCommandLog log;
    final List<Event> visible = new CopyOnWriteArrayList<>();

    StoredLog(Path file, UnaryOperator<Connection> connections) {
        this(file, connections, Clock.systemUTC());
    }

    StoredLog(Path file, UnaryOperator<Connection> connections, Clock clock) {
        store = Stores.open(file, connections);
        Room room = new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, RecordedRoom.WINDOW));
        room.restore(store.recorded());
        log = new LocalCommandLog(
                new RoomLoop(room, new StoreJournal(store, 0), (events, lamportTime) -> visible.addAll(events)), clock);
        log.start();
    }

    <R extends Result> Answer<R> submit(Command<R> command) {
        Answer<R> answer = new Answer<>();
        log.submit(command, answer);
        return answer;
    }

    /** Submits a command and waits for its outcome. */
    <R extends Result> Answer<R> ask(Command<R> command) {
        Answer<R> answer = submit(command);
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(answer::isThere);
        return answer;
    }

    CommandLog.State state() {
        return log.state();
    }

    List<Event> stored() {
        return store.page(0, Integer.MAX_VALUE).events();
    }

    @Override
    public void close() {
        log.close();
        store.close();
    }
}
