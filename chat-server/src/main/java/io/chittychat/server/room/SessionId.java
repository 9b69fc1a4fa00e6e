package io.chittychat.server.room;

/**
 * The id of a session inside the service: the first 128 bits of the SHA-256 of its token. Only the client knows the
 * token.
 */
public record SessionId(long high, long low) {}
