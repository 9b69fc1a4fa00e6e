package io.chittychat.server.chat;

import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageSearch;

/**
 * What those who read the log are served from.
 *
 * @param epoch identity of the log's life, with which cursors are compared
 * @param history the log
 * @param broadcaster serves those who are live, and knows who they are
 * @param messages serves those who look for something
 */
public record Readers(String epoch, History history, Broadcaster broadcaster, MessageSearch messages) {}
