package io.chittychat.server.log.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The log that several nodes write and read; an engine implements it. It keeps bytes in one order, which is the same for all. */
public interface SharedLog extends AutoCloseable {

    /** Is told what became of what was sent. Any thread calls it, once. */
    interface Delivery {
        /** It is in the log. */
        void delivered();

        /** It is not in the log, or will be there later, or is there: nobody knows. */
        void lost(Exception cause);
    }

    /** What the reader would need next is not in the log; it stays so. */
    final class GoneException extends Exception {
        private static final long serialVersionUID = 1;

        public GoneException(String problem) {
            super(problem);
        }
    }

    /**
     * Appends a record. Records keep the order in which they were sent, unless one is lost.
     *
     * <p>Threading: one thread at a time.
     */
    void send(byte[] value, Delivery delivery);

    /** Gives up everything that was sent and is not delivered yet; it may still arrive. Any thread may call it. */
    void giveUp();

    /** Sets the place from which {@link #poll} reads. Threading: the thread that polls. */
    void seek(long offset);

    /**
     * Reads the next records, in order; an empty list if there are none within the patience, or if the log cannot be
     * read for now.
     *
     * @throws GoneException if the next record was removed, or the log has lost its end
     */
    List<LogRecord> poll(Duration patience) throws GoneException;

    /**
     * Asks for the end of the log: the offset after everything that had been delivered before this call.
     *
     * <p>Threading: any thread; does not block.
     */
    CompletableFuture<Long> end();

    @Override
    void close();
}
