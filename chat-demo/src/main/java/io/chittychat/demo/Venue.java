package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import java.time.Duration;

/** Where a conversation takes place: the service, the participants, and the lines between them. Used by one thread. */
interface Venue {

    /** A newcomer, who has not joined yet. */
    DemoParticipant admit(String name);

    /** Cuts somebody's line. */
    void cut(String name);

    /** Makes somebody's line good. */
    void mend(String name);

    /** Makes somebody's line slow. */
    void slow(String name, Duration delay);

    /** Makes somebody's line break at random. */
    void spoil(String name);

    /** How often somebody's line broke at random. */
    int breaks(String name);

    /** Kills the service; it has ended on return. */
    void stopService();

    /** Starts the service again; it is ready on return. */
    void startService();
}
