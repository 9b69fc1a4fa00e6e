package io.chittychat.bench.cluster;

/** What is killed, by SIGKILL. */
enum Failure {
    /** Shows what the machine and the participants do without a failure. */
    NOTHING("nothing", false, false),
    NODE("a node", true, false),
    LEADER("the leading broker", false, true),
    BOTH("a node and the leading broker", true, true);

    private final String what;
    private final boolean killsNode;
    private final boolean killsLeader;

    Failure(String what, boolean killsNode, boolean killsLeader) {
        this.what = what;
        this.killsNode = killsNode;
        this.killsLeader = killsLeader;
    }

    /** The name of its row. */
    String row() {
        return "killed: " + what;
    }

    /** Whether the node is killed that participants use. */
    boolean killsNode() {
        return killsNode;
    }

    boolean killsLeader() {
        return killsLeader;
    }
}
