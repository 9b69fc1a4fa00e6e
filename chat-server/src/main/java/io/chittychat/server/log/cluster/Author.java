package io.chittychat.server.log.cluster;

/**
 * One life of a node, as far as the log is concerned. It begins with a {@link Proposal.Starts}, and ends when the node
 * stops, is silent for too long, loses a record, or begins its next life.
 *
 * @param node the node's id, which stays the same as long as its store does
 * @param generation counts the lives of the node
 * @param incarnation random, so that two processes with the same node and generation are distinguished
 */
public record Author(long node, long generation, long incarnation) {

    /** Returns the node's id for people. */
    public String name() {
        return String.format("%08x", node >>> 32);
    }
}
