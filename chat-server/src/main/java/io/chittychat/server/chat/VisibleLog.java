package io.chittychat.server.chat;

import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageSearch;

/**
 * The read side of the log.
 *
 * @param epoch the log's identity; a cursor from another epoch is invalid
 * @param history reads events that are kept, in memory or in the archive
 * @param broadcaster sends new events to its readers
 * @param messages searches the messages
 */
public record VisibleLog(String epoch, History history, Broadcaster broadcaster, MessageSearch messages) {}
