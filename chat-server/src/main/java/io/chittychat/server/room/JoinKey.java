package io.chittychat.server.room;

/**
 * Makes a join repeatable. Opaque to the room, which compares the request and gives back the salt.
 *
 * @param request digest of the client's own id of the request
 * @param salt what the session's token was derived with, so that it can be derived again
 */
public record JoinKey(Bits request, Bits salt) {

    /** 128 opaque bits. */
    public record Bits(long high, long low) {}
}
