package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import java.time.Duration;

/** The service, the participants, and the lines between them. Used by one thread. */
interface Venue {

    /** Starts a participant; it has not joined yet. */
    DemoParticipant admit(String name);

    /** Cuts the line of a participant. */
    void cut(String name);

    /** Mends the line of a participant. */
    void mend(String name);

    /** Slows the line of a participant down. */
    void slow(String name, Duration delay);

    /** Makes the line of a participant break at random. */
    void spoil(String name);

    /** How often the line of a participant broke at random. */
    int breaks(String name);

    /** Kills the service, and waits for its end. */
    void stopService();

    /** Starts the service again, and waits until it is ready. */
    void startService();

    /** The nodes of the service, if it has several. */
    Nodes nodes();
}
