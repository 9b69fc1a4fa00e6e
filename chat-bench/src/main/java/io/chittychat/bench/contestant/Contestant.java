package io.chittychat.bench.contestant;

import io.chittychat.bench.server.Installation;
import java.util.Optional;

/** A kind of server that can be measured. */
public interface Contestant {

    /** Its name in options, such as {@code chitty-fsync}. */
    String id();

    /** Its name in reports. */
    String label();

    /** What its acknowledgement of a publish means, by which setting; empty if it acknowledges nothing. */
    default Optional<String> acknowledgement() {
        return Optional.empty();
    }

    /** Whether it is Chitty-Chat. */
    boolean isOurs();

    /** Why it cannot be measured here; empty if it can. */
    Optional<String> missing();

    /** Its version, in one line. */
    String version();

    /**
     * Starts it, and waits until it is ready.
     *
     * @param directory for its files; earlier files are removed
     */
    MeasuredServer start(Installation installation, String directory);
}
