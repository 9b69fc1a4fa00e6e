package io.chittychat.server.rpc;

import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.Timeline;

/**
 * What those who read the log are served from.
 *
 * @param epoch identity of the log's life, with which cursors are compared
 * @param timeline the log's newest part
 * @param broadcaster serves those who are live
 * @param open who they are
 */
public record Readers(String epoch, Timeline timeline, Broadcaster broadcaster, OpenBroadcasts open) {}
