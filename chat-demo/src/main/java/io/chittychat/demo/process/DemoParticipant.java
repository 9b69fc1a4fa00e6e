package io.chittychat.demo.process;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Somebody who can be told what to type; what came of it is known from its log only. */
public interface DemoParticipant {

    String name();

    /** Where its log is. */
    Path logFile();

    /** What it has logged so far. */
    ParticipantRecords log();

    /** Types a line, as a person would. */
    void type(String line);

    /**
     * Waits for the first record that fits.
     *
     * @param what what is waited for, as the end of "waited 10 s for"
     * @throws ProcessFailedException if there is none in time
     */
    LogRecord awaitRecord(String what, Predicate<LogRecord> fits);

    /** Waits for the receipt of the event of a Lamport time. */
    default LogRecord awaitEvent(long lamport) {
        return awaitRecord(
                "the event of Lamport time " + lamport, entry -> entry.isEvent() && entry.lamport() == lamport);
    }

    /** Ends it at once (SIGKILL), without a chance to say goodbye; it has ended on return. */
    void kill();

    /**
     * Waits for its end after it was told to.
     *
     * @throws ProcessFailedException if it does not end in time, or says that something of what it was told was not done
     */
    void awaitGoodEnd();
}
