package io.chittychat.server.timeline;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches pages of the archive on threads that may block, for readers who are far behind. */
public final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int PAGE = 1000; // events; some hundred kilobytes at most

    private final Archive archive;
    private final Executor executor;

    /** @param executor whose threads read the archive */
    public CatchUp(Archive archive, Executor executor) {
        this.archive = archive;
        this.executor = executor;
    }

    /**
     * Fetches what comes after a cursor.
     *
     * @param upTo Lamport time of the last event wanted
     * @param arrived is given the page, or nothing if it cannot be read; on one of the executor's threads
     */
    void fetch(long cursor, long upTo, Consumer<Optional<Archive.Page>> arrived) {
        executor.execute(() -> arrived.accept(read(cursor, upTo)));
    }

    private Optional<Archive.Page> read(long cursor, long upTo) {
        try {
            return Optional.of(archive.after(cursor, upTo, PAGE));
        } catch (RuntimeException | Error e) { // a reader without an answer would wait for ever
            LOG.error("Cannot read what comes after {}", cursor, e);
            return Optional.empty();
        }
    }
}
