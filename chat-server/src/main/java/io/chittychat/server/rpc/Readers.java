package io.chittychat.server.rpc;

import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.History;
import io.chittychat.server.transport.EventLoops;

/**
 * What those who read the log are served from.
 *
 * @param epoch identity of the log's life, with which cursors are compared
 * @param history the log
 * @param broadcaster serves those who are live, and knows who they are
 * @param loops serve each connection
 * @param searches serves those who look for something
 * @param workers do what may wait
 */
public record Readers(
        String epoch, History history, Broadcaster broadcaster, EventLoops loops, Searches searches, Workers workers) {}
