package io.chittychat.server.timeline;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pages of the archive for readers that are far behind, on threads that may wait for the disk.
 *
 * <p>Threading: any thread.
 */
public final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int PAGE = 1000; // events

    private final Archive archive;
    private final Executor executor;

    /** @param executor runs the reads */
    public CatchUp(Archive archive, Executor executor) {
        this.archive = archive;
        this.executor = executor;
    }

    /**
     * Fetches events after a cursor.
     *
     * @param upTo the Lamport time of the last event to fetch
     * @param arrived takes the page, or empty if it cannot be read; called on a thread of the executor
     */
    void fetch(long cursor, long upTo, Consumer<Fetched> arrived) {
        executor.execute(() -> arrived.accept(read(cursor, upTo)));
    }

    private Fetched read(long cursor, long upTo) {
        try {
            return new Fetched(Optional.of(archive.after(cursor, upTo, PAGE)), Reader.End.UNREADABLE);
        } catch (Archive.DamagedException e) { // the archive has told the operator
            return new Fetched(Optional.empty(), Reader.End.DAMAGED);
        } catch (RuntimeException | Error e) { // the reader waits for an answer in any case
            LOG.error("Cannot read events after {}", cursor, e);
            return new Fetched(Optional.empty(), Reader.End.UNREADABLE);
        }
    }

    /**
     * What came of fetching a page.
     *
     * @param problem why there is no page
     */
    record Fetched(Optional<Archive.Page> page, Reader.End problem) {}
}
