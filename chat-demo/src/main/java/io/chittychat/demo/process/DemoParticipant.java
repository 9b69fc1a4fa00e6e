package io.chittychat.demo.process;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A participant that types what it is told; its log shows the results. */
public interface DemoParticipant {

    String name();

    /** The file of its log. */
    Path logFile();

    /** Its log so far. */
    ParticipantRecords log();

    /** Types a line, as a user would. */
    void type(String line);

    /**
     * Waits for the first record that fits.
     *
     * @param what the end of the sentence "waited 10 s in vain for"
     * @throws ProcessFailedException if there is none in time
     */
    LogRecord awaitRecord(String what, Predicate<LogRecord> fits);

    /** Waits for the receipt of the event of a Lamport time. */
    default LogRecord awaitEvent(long lamport) {
        return awaitRecord(
                "the event of Lamport time " + lamport, entry -> entry.isEvent() && entry.lamport() == lamport);
    }

    /** Kills it (SIGKILL), and waits for its end. */
    void kill();

    /**
     * Waits for its end after {@code quit}.
     *
     * @throws ProcessFailedException if it does not end in time, or if its exit code shows that a command failed
     */
    void awaitGoodEnd();
}
