package io.chittychat.session;

/**
 * The service's reply to a publish.
 *
 * @param lamportTime the Lamport time of the published event
 * @param sequence the number of the publish in its session, from 1
 */
public record Published(long lamportTime, long sequence) {}
