package io.chittychat.demo;

import io.chittychat.process.ChildProcess;
import java.util.List;

/** The service that a scenario is played with. Used by one thread. */
interface Service extends AutoCloseable {

    /**
     * Short enough to wait for after a crash, and long enough for the messages during a cut line, even on a slow machine. It is
     * the service's own default.
     */
    String RESUME_WINDOW = "--chitty.session.resume-window=5s";

    /** Host and port of each of its nodes. */
    List<String> addresses();

    /** What runs where, in one line. */
    String introduction();

    /** Waits until it takes calls. */
    void awaitReady();

    /** The process whose last output explains a failure. */
    ChildProcess witness();

    /** Kills it, and waits for its end. */
    void kill();

    /** Starts it again, and waits until it takes calls. */
    void startAgain();

    /** Its nodes. */
    Nodes nodes();

    /** Asks it to end, as an operator would, and waits for that. */
    void end();

    @Override
    void close();
}
