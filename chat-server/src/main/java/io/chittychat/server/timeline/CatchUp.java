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
     * @param arrived is given the page, on one of the executor's threads; a page that cannot be read counts as gone
     */
    void fetch(long cursor, long upTo, Consumer<Archive.Page> arrived) {
        executor.execute(() -> arrived.accept(read(cursor, upTo)));
    }

    private Archive.Page read(long cursor, long upTo) {
        try {
            return archive.after(cursor, upTo, PAGE);
        } catch (RuntimeException e) {
            LOG.error("Cannot read what comes after {}", cursor, e);
            return new Archive.Page(Optional.empty(), false);
        }
    }
}
