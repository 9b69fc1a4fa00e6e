package io.chittychat.session;

/**
 * The service's reply to a publish.
 *
 * @param lamportTime the Lamport time of the published event
 * @param sequence the publish's number within its session, from 1
 */
public record Published(long lamportTime, long sequence) {}
