package io.chittychat.server.room;

/**
 * The key of a repeatable join. The room compares the requests of two joins, and returns the salt of the first one.
 *
 * @param request the digest of the client's request id
 * @param salt the salt from which the session's token was derived, so that a repeat can derive it again
 */
public record JoinKey(Bits request, Bits salt) {

    /** 128 opaque bits. */
    public record Bits(long high, long low) {}
}
