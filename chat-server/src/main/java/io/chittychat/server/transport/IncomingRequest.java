package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;

/**
 * How far the requests of one call have arrived. gRPC keeps every byte of a request until the last one is there, and does
 * not tell how many it keeps.
 *
 * <p>Threading: the event loop of the connection.
 */
final class IncomingRequest {

    private static final int PREFIX = 5; // bytes before each message: whether it is compressed, and its length

    private int inPrefix; // bytes of the prefix that are there
    private long length; // of the message, as far as the prefix is there
    private long missing; // bytes of the message
    private long kept; // bytes of the incomplete message, with its prefix
    private boolean waiting = true; // for the first message, or for the rest of another one
    private long since; // nanoseconds
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

    /** Nothing more will come. */
    void end() {
        complete();
    }

    /** Whether something must still come: the first message of the call, or the rest of a message. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether it has waited for too long. Times are nanoseconds. */
    boolean isLate(long now, long timeout) {
        return waiting && now - since >= timeout;
    }

    /** Notes that the call is answered, whatever comes. Returns whether that had been noted before. */
    boolean noteAnswered() {
        boolean before = answered;
        answered = true;
        return before;
    }

    /** Bytes that are kept of an incomplete message. */
    long kept() {
        return kept;
    }
}
