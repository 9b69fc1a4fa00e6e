package io.chittychat.server.chat;

import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageSearch;

/**
 * The log as those see it who read it.
 *
 * @param epoch identity of the log's life, with which cursors are compared
 * @param history all that is kept
 * @param broadcaster sends what comes
 * @param messages finds what was said
 */
public record VisibleLog(String epoch, History history, Broadcaster broadcaster, MessageSearch messages) {}
