package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;

/**
 * Tracks how much of a call's requests has arrived. gRPC keeps the bytes of a request until it is complete, and does
 * not report how many it keeps.
 *
 * <p>A request on the wire is a length-prefixed message of the gRPC protocol.
 *
 * <p>Threading: the event loop of the connection.
 */
final class IncomingRequest {

    private static final int PREFIX = 5; // bytes before each message: a flag for compression, and the length

    private int inPrefix; // bytes of the prefix that have arrived
    private long length; // the message's length, from the part of the prefix that has arrived
    private long missing; // bytes of the message that have not arrived
    private long kept; // bytes of the incomplete message that have arrived, with its prefix
    private boolean waiting = true; // for the first message, or for the rest of a later one
    private long since; // when the wait began, in nanoseconds
    private boolean answered;

    IncomingRequest(long now) {
        since = now;
    }

    /** Bytes have arrived. */
    void take(ByteBuf data, long now) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end) {
            if (inPrefix == 0) {
                begin(now);
            }
            if (inPrefix < PREFIX) {
                byte next = data.getByte(at++);
                length = inPrefix == 0 ? 0 : length << Byte.SIZE | next & 0xff;
                inPrefix++;
                kept++;
                missing = length;
            } else {
                int part = (int) Math.min(missing, end - at);
                at += part;
                missing -= part;
                kept += part;
            }
            if (inPrefix == PREFIX && missing == 0) {
                complete();
            }
        }
    }

    private void begin(long now) {
        if (!waiting) {
            waiting = true;
            since = now;
        }
    }

    private void complete() {
        waiting = false;
        inPrefix = 0;
        kept = 0;
    }

    /** The client has ended its side of the call. */
    void end() {
        complete();
    }

    /** Whether the call waits for its first message, or for the rest of a message. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether the call has waited for the timeout. Times are in nanoseconds. */
    boolean isLate(long now, long timeout) {
        return waiting && now - since >= timeout;
    }

    /** Notes that the call is answered. Returns whether that was noted before. */
    boolean noteAnswered() {
        boolean before = answered;
        answered = true;
        return before;
    }

    /** The bytes that gRPC keeps of an incomplete message. */
    long kept() {
        return kept;
    }
}
