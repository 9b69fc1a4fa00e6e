package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Checks a store completely: that SQLite finds the file in order; that the chain of digests holds; that each session
 * joins once, leaves at most once, and repeats no publish; that the session table follows from the events; that the log
 * still has the event of its head; and that the search index has the words of the log. A server may use the store at the
 * same time.
 *
 * <p>Threading: one thread.
 */
public final class StoreCheck {

    private static final int MOST = 20; // problems that are reported
    private static final int PERIOD = 50_000; // events between two reports of progress

    private final Connection connection;
    private final KeptIndex index;
    private final LongConsumer progress;
    private final List<String> problems = new ArrayList<>();
    private final Sessions sessions = new Sessions();
    private long events;
    private Head head;
    private int present;

    private StoreCheck(Connection connection, KeptIndex index, LongConsumer progress) {
        this.connection = connection;
        this.index = index;
        this.progress = progress;
        this.head = new Head("", 0, Digest.NONE);
    }

    /**
     * The result of a check.
     *
     * @param events the number of events that were checked
     * @param present the number of sessions that have not ended
     * @param head the log's head
     * @param problems at most {@value #MOST} problems, each a sentence
     */
    public record Report(long events, int present, Head head, List<String> problems) {}

    /**
     * Checks a store.
     *
     * @throws StoreException if the file cannot be read
     */
    public static Report check(Path file) {
        return check(file, Optional.empty(), events -> {});
    }

    /**
     * Checks a store.
     *
     * @param earlier a head that the log had earlier; empty if none is known
     * @param progress receives from time to time the number of events that were checked
     * @throws StoreException if the file cannot be read
     */
    public static Report check(Path file, Optional<Head> earlier, LongConsumer progress) {
        Sqlite sqlite = sqlite(file);
        Optional<String> schema = Schema.problem(sqlite, file);
        if (schema.isPresent()) {
            return new Report(0, 0, new Head("", 0, Digest.NONE), List.of(schema.get()));
        }
        try (KeptIndex index = KeptIndex.of(file); // an earlier state than that of the log
                Connection connection = sqlite.connect()) {
            connection.setAutoCommit(false); // the whole check reads one state of the log
            return new StoreCheck(connection, index, progress).report(earlier, Head.kept(file));
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        }
    }

    /**
     * Reads the head of a log, without a check.
     *
     * @throws StoreException if the file cannot be read
     */
    public static Head head(Path file) {
        try (Connection connection = sqlite(file).connect()) {
            LogRow log = LogRow.read(connection);
            Chain chain = Chain.end(connection, log);
            return new Head(log.epoch(), chain.lamportTime(), chain.head());
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        }
    }

    private static Sqlite sqlite(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("there is no store " + file, new FileNotFoundException(file.toString()));
        }
        return Sqlite.readOnly(file.toAbsolutePath());
    }

    private Report report(Optional<Head> earlier, Optional<Head> kept) throws SQLException {
        checkFile();
        if (problems.isEmpty()) {
            LogRow log = LogRow.read(connection);
            checkEvents(log);
            if (problems.isEmpty() && kept.isPresent() && kept.get().epoch().equals(log.epoch())) {
                kept.get().missingIn(connection, log).ifPresent(problems::add);
            }
            if (problems.isEmpty() && earlier.isPresent()) {
                earlier.get().missingIn(connection, log).ifPresent(problems::add);
            }
            if (problems.isEmpty()) {
                index.problem().ifPresent(problems::add);
            }
        }
        return new Report(events, present, head, problems.stream().limit(MOST).toList());
    }

    private void checkFile() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + MOST + ")")) {
            while (row.next()) {
                if (!row.getString(1).equals("ok")) {
                    problems.add("the file is damaged: " + row.getString(1));
                }
            }
        }
    }

    private void checkEvents(LogRow log) throws SQLException {
        Sessions recorded = Sessions.read(connection, log);
        recorded.stays().stream()
                .filter(stay -> stay.joinedLamportTime() <= log.removedThrough()) // their joined events were removed
                .forEach(stay -> sessions.put(stay.with(RoomState.Publishes.NONE)));
        index.begin(log);
        Chain chain = Chain.begin(log);
        boolean compared = log.markedThrough() <= log.removedThrough();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + PageRow.COLUMNS + " FROM page ORDER BY through")) {
            while (row.next() && problems.size() < MOST) {
                PageRow page = PageRow.of(row);
                compared = take(page, chain, log, compared ? Optional.empty() : Optional.of(recorded));
                // from what was read, so that one damaged page does not make the events after it look damaged
                chain.moveTo(page.through(), page.lastDigest());
            }
        }
        if (problems.size() < MOST && !compared) {
            problems.add("the session table includes events up to " + log.markedThrough() + ", but the newest event is "
                    + chain.lamportTime());
        }
        progress.accept(events);
        head = new Head(log.epoch(), chain.lamportTime(), chain.head());
        present = sessions.stays().size();
    }

    /**
     * Checks the events of a page.
     *
     * @param recorded the session table, as long as it is to be compared
     * @return whether it was compared
     */
    private boolean take(PageRow page, Chain chain, LogRow log, Optional<Sessions> recorded) {
        boolean compared = recorded.isEmpty();
        PageEvents read = new PageEvents(page);
        try (read) {
            while (problems.size() < MOST && read.next()) {
                take(read, chain, log);
                if (!compared && chain.lamportTime() >= log.markedThrough()) {
                    compared = true;
                    recorded.ifPresent(sessions -> compare(sessions, log));
                }
            }
        } catch (DamageException e) {
            events++;
            report(e);
            events += Math.max(0, page.count() - read.index() - 2); // the others in the damaged page
        }
        return compared;
    }

    private void take(PageEvents read, Chain chain, LogRow log) {
        events++;
        if (events % PERIOD == 0) {
            progress.accept(events);
        }
        try {
            StoredEvent event = read.event();
            check(event, read.digest(), chain);
            follow(event, log);
            index.add(event.event());
        } catch (DamageException e) {
            report(e);
        }
        // from what was read, so that one damaged event does not make the events after it look damaged
        chain.moveTo(read.lamportTime(), read.digest());
    }

    private void report(DamageException damage) {
        problems.add(damage.getMessage() + " (it is event number " + events + " in the file)");
    }

    private void check(StoredEvent event, Digest digest, Chain chain) {
        long previous = chain.lamportTime();
        try {
            chain.check(event, digest);
        } catch (DamageException e) {
            report(e);
        }
        if (event.event().header().participantLamportTime() >= event.lamportTime()) {
            problems.add("event " + event.lamportTime() + " is not after the request that caused it, at "
                    + event.event().header().participantLamportTime());
        }
        if (event.lamportTime() <= previous) {
            problems.add("event " + event.lamportTime() + " is not after the event at " + previous);
        }
    }

    /** Checks an event against its session: one join, at most one leave, no repeated publish. */
    private void follow(StoredEvent stored, LogRow log) {
        Event.Header header = stored.event().header();
        String event = "event " + header.lamportTime();
        boolean here = sessions.has(header.session());
        if (stored.event() instanceof Event.Joined && here) {
            problems.add(event + ": " + header.participant() + " joined twice");
        } else if (!(stored.event() instanceof Event.Joined) && !here && log.removedThrough() == 0) {
            problems.add(event + ": " + header.participant() + " is not present");
        }
        if (stored.sequence() != 0) {
            sessions.find(header.session(), stored.sequence())
                    .ifPresent(earlier -> problems.add(event + " repeats event " + earlier + " of "
                            + header.participant() + ", sequence " + Long.toUnsignedString(stored.sequence())));
        }
        sessions.apply(stored);
    }

    /**
     * Whether a session of the table follows from the events. If the event of its join was removed, the events contain
     * only its later publishes.
     */
    private static boolean follows(RoomState.Stay recorded, RoomState.Stay expected, long removedThrough) {
        if (expected.joinedLamportTime() > removedThrough) {
            return recorded.equals(expected);
        }
        List<RoomState.RecentPublish> kept = recorded.publishes().recent().stream()
                .filter(publish -> publish.lamportTime() > removedThrough)
                .toList();
        return kept.equals(expected.publishes().recent())
                && Long.compareUnsigned(
                                recorded.publishes().forgottenThrough(),
                                expected.publishes().forgottenThrough())
                        >= 0;
    }

    /** Compares the sessions that follow from the events with the session table. */
    private void compare(Sessions recorded, LogRow log) {
        for (RoomState.Stay expected : sessions.stays()) {
            Optional<RoomState.Stay> stay = recorded.stay(expected.session());
            if (stay.isEmpty()) {
                problems.add(expected.name() + " has joined and not left, but has no session");
            } else if (!follows(stay.get(), expected, log.removedThrough())) {
                problems.add("the session of " + expected.name() + " does not follow from its events");
            }
        }
        recorded.stays().stream()
                .filter(stay -> !sessions.has(stay.session()))
                .forEach(stay -> problems.add(stay.name() + " has a session, but has not joined or has left"));
    }
}
