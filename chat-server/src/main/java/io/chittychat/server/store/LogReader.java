package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log over a connection of the caller's, who is responsible for threads and transactions. All methods throw
 * {@link DamageException} if an event is not what was recorded.
 */
final class LogReader {

    private static final String FIRST_THROUGH =
            "SELECT " + PageRow.COLUMNS + " FROM page WHERE through >= ? ORDER BY through LIMIT 1";

    static final Head.Finder HEADS = new Head.Finder() {
        @Override
        public Chain end(Connection connection, LogRow log) throws SQLException {
            return Chain.end(connection, log);
        }

        @Override
        public Optional<Digest> digest(Connection connection, long lamportTime) throws SQLException {
            return LogReader.digest(connection, lamportTime);
        }
    };

    private LogReader() {}

    /** Receives events, in order. */
    interface Visitor {
        /** Receives an event, and returns whether it wants the next one. */
        boolean visit(StoredEvent event) throws SQLException;
    }

    /** Reads the events after a Lamport time. */
    static void read(Connection connection, LogRow log, long after, Visitor visitor) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT " + PageRow.COLUMNS + " FROM page WHERE through > ? ORDER BY through")) {
            find.setLong(1, after);
            try (ResultSet row = find.executeQuery()) {
                Walk walk = new Walk(connection, log, events -> events.lamportTime() <= after, visitor);
                while (row.next() && walk.pass(PageRow.of(row), Integer.MAX_VALUE)) {
                    // the next page
                }
            }
        }
    }

    /** A way along consecutive pages, on which events are checked. */
    private static final class Walk {

        private final Connection connection;
        private final LogRow log;
        private final Predicate<PageEvents> skipped;
        private final Visitor visitor;
        private @Nullable Chain chain; // once an event was visited

        /** @param skipped the events before the first one that is visited */
        Walk(Connection connection, LogRow log, Predicate<PageEvents> skipped, Visitor visitor) {
            this.connection = connection;
            this.log = log;
            this.skipped = skipped;
            this.visitor = visitor;
        }

        /**
         * @param end the number of events at the page's beginning that are wanted
         * @return whether the next page is wanted
         */
        boolean pass(PageRow page, int end) throws SQLException {
            try (PageEvents events = new PageEvents(page)) {
                while (events.index() + 1 < end && events.next()) {
                    if ((chain != null || !skipped.test(events)) && !visitor.visit(checked(events))) {
                        return false;
                    }
                }
                return true;
            }
        }

        private StoredEvent checked(PageEvents events) throws SQLException {
            StoredEvent event = events.event();
            if (chain == null) {
                chain = events.chain(connection, log, event);
            }
            chain.check(event, events.digest());
            return event;
        }
    }

    /** Returns the Lamport time of the oldest event, as it may be read; 0 if there is none. */
    static long oldest(Connection connection, LogRow log) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIRST_THROUGH)) {
            find.setLong(1, Long.MIN_VALUE);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? first(PageRow.of(row), log) : 0;
            }
        }
    }

    private static long first(PageRow page, LogRow log) {
        try (PageEvents events = new PageEvents(page)) {
            if (events.next()) {
                return events.lamportTime();
            }
        } catch (DamageException e) {
            // whoever reads it is told
        }
        return log.removedThrough() + 1;
    }

    /** Counts the events. It reads the whole table, but not what the events say. */
    static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(" + PageRow.COUNT + ") FROM page")) {
            return row.next() ? row.getLong(1) : 0; // NULL is read as 0
        }
    }

    /**
     * Reads events after a Lamport time, in order. It stops before a damaged event, and throws only if that is the
     * first.
     */
    static List<Event> events(Connection connection, LogRow log, long after, int limit) throws SQLException {
        List<Event> events = new ArrayList<>();
        try {
            read(connection, log, after, event -> events.add(event.event()) && events.size() < limit);
        } catch (DamageException e) {
            if (events.isEmpty()) {
                throw e;
            }
        }
        return events;
    }

    /** Checks all events after a Lamport time. */
    static void checkTail(Connection connection, LogRow log, long after) throws SQLException {
        read(connection, log, after, event -> true);
    }

    /** Reads events before a Lamport time, the newest first. */
    static List<Event> before(Connection connection, long before, int limit) throws SQLException {
        Deque<PageRow> pages = new ArrayDeque<>();
        int newest = 0; // events of the newest page that are before the time
        long found = 0;
        try (PreparedStatement find = connection.prepareStatement("SELECT " + PageRow.COLUMNS + " FROM page"
                + " WHERE through <= ifnull((SELECT min(through) FROM page WHERE through >= ?1), ?1)"
                + " ORDER BY through DESC")) {
            find.setLong(1, before);
            try (ResultSet row = find.executeQuery()) {
                while (found < limit && row.next()) {
                    PageRow page = PageRow.of(row);
                    newest = pages.isEmpty() ? countBefore(page, before) : newest;
                    found += pages.isEmpty() ? newest : page.count();
                    pages.addFirst(page);
                }
            }
        }
        List<Event> events = new ArrayList<>();
        long skipped = found - limit;
        Walk walk = new Walk(
                connection,
                LogRow.read(connection),
                event -> event.index() < skipped,
                event -> events.add(event.event()));
        while (!pages.isEmpty()) {
            PageRow page = pages.removeFirst();
            walk.pass(page, pages.isEmpty() ? newest : Integer.MAX_VALUE);
        }
        Collections.reverse(events);
        return events;
    }

    /** Counts the events of a page that are before a Lamport time. What is damaged after them does not matter. */
    private static int countBefore(PageRow page, long before) throws DamageException {
        PageEvents events = new PageEvents(page);
        int count = 0;
        try (events) {
            while (events.next()) {
                if (events.lamportTime() < before) {
                    count = events.index() + 1; // includes an earlier event whose Lamport time is damaged
                }
            }
        } catch (DamageException e) {
            if (events.index() < count) { // there may be more of them
                throw e;
            }
        }
        return count;
    }

    /** Reads the events at some Lamport times, in the same order; leaves out those that do not exist. */
    static List<Event> at(Connection connection, List<Long> lamportTimes) throws SQLException {
        LogRow log = LogRow.read(connection);
        List<Event> found = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(FIRST_THROUGH)) {
            for (long lamportTime : lamportTimes) {
                find.setLong(1, lamportTime);
                try (ResultSet row = find.executeQuery()) {
                    if (row.next()) {
                        at(connection, log, PageRow.of(row), lamportTime).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static Optional<Event> at(Connection connection, LogRow log, PageRow page, long lamportTime)
            throws SQLException {
        try (PageEvents events = new PageEvents(page)) {
            while (events.next() && events.lamportTime() < lamportTime) {
                // the next event
            }
            if (events.lamportTime() != lamportTime) {
                return Optional.empty();
            }
            StoredEvent event = events.event();
            events.chain(connection, log, event).check(event, events.digest());
            return Optional.of(event.event());
        }
    }

    /** Reads the digest of an event; empty if there is no event at that Lamport time. */
    private static Optional<Digest> digest(Connection connection, long lamportTime) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIRST_THROUGH)) {
            find.setLong(1, lamportTime);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? digest(PageRow.of(row), lamportTime) : Optional.empty();
            }
        }
    }

    private static Optional<Digest> digest(PageRow page, long lamportTime) throws DamageException {
        try (PageEvents events = new PageEvents(page)) {
            while (events.next() && events.lamportTime() <= lamportTime) {
                if (events.lamportTime() == lamportTime) {
                    return Optional.of(events.digest());
                }
            }
            return Optional.empty();
        }
    }

    /** Reads the room as it was after the newest batch: from the session table, and from the events after the mark. */
    static RoomState state(Connection connection) throws SQLException {
        LogRow log = LogRow.read(connection);
        Sessions sessions = Sessions.read(connection, log);
        read(connection, log, log.markedThrough(), event -> {
            sessions.apply(event);
            return true;
        });
        long newest = Chain.end(connection, log).lamportTime();
        if (newest < log.markedThrough()) {
            throw DamageException.ofEvent(log.markedThrough(), "is missing");
        }
        return new RoomState(Math.max(log.lamportTime(), newest), newest, sessions.stays());
    }
}
