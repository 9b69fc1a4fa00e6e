package io.chittychat.server.rpc;

import io.chittychat.server.transport.CallThreads;

/**
 * Threads for the calls that may wait, beside those that search.
 *
 * @param lists read the history from a disk
 * @param joins ask another service whether credentials are valid
 */
public record Workers(CallThreads lists, CallThreads joins) {}
