package io.chittychat.server.room;

/**
 * Names a session inside the service: the first 128 bits of the SHA-256 of its token. The token itself is known only to
 * its owner.
 */
public record SessionId(long high, long low) {}
