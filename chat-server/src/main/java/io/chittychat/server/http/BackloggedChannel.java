package io.chittychat.server.http;

/** A channel whose writes never block once it has a backlog. */
interface BackloggedChannel {

    /** From now on, what the socket does not take is added to the backlog. */
    void use(Backlog backlog);
}
