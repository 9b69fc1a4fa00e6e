package io.chittychat.bench.contestant;

import io.chittychat.bench.server.Installation;
import java.util.Optional;

/** A kind of server that can be measured. */
public interface Contestant {

    /** What it is asked for by, such as {@code chitty-fsync}. */
    String id();

    /** What it is called in reports. */
    String label();

    /** Whether it is the service that all is about. */
    boolean isOurs();

    /** Why it cannot be measured here; empty if it can. */
    Optional<String> missing();

    /** What exactly would be measured, in a line. */
    String version();

    /**
     * Starts one and waits until it is ready.
     *
     * @param directory for its files; what was in it is removed
     */
    RunningServer start(Installation installation, String directory);
}
