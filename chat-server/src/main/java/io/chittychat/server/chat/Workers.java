package io.chittychat.server.chat;

/**
 * What does the work of calls that may wait.
 *
 * @param lists reads the history from a disk
 * @param joins asks another service whether credentials are valid
 * @param searches looks for messages on a disk
 */
public record Workers(Worker lists, Worker joins, Worker searches) {}
