package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Command;

/** What a node asks the log for. */
public sealed interface Proposal {

    /** A command to the room. */
    record ForRoom(Command<?> command) implements Proposal {}

    /**
     * A node begins a life. It is alone in its entry.
     *
     * @param limits become the limits of the log if it has none yet
     */
    record Starts(Limits limits) implements Proposal {}

    /** A node stops: its sessions are detached. */
    record Stops() implements Proposal {}

    /**
     * A node is alive.
     *
     * @param lamportTime the Lamport time of the newest event that the node has recorded; 0 for none
     * @param digest the digest of the log up to that event, in hexadecimal digits; empty for none
     */
    record Heartbeat(long lamportTime, String digest) implements Proposal {}

    /** Changes the limits of the log. */
    record ChangeLimits(Limits limits) implements Proposal {}
}
