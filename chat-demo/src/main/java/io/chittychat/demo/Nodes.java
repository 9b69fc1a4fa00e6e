package io.chittychat.demo;

/** The nodes of the service, which are numbered from 1, and their brokers. Used by one thread. */
interface Nodes {

    /** Kills a node, and waits for its end. */
    void kill(int node);

    /** Starts a node again, and waits until it takes calls. */
    void start(int node);

    /** Kills the broker that leads the partition, and waits for its end; returns its number, from 1. */
    int killLeadingBroker();

    /** Closes all connections of a node to the brokers, and lets it open none. */
    void cutOff(int node);

    /** Lets a node reach the brokers again, and waits until it takes calls. */
    void bringBack(int node);

    /**
     * The node that accepted a Broadcast, as its log says.
     *
     * @param clock the clock of the request
     */
    int acceptedBy(String participant, long clock);
}
