package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization protocol, RESP2</a> */
public final class RedisClient extends ProtocolClient {

    private static final byte[] END = {'\r', '\n'};
    private static final String SUBSCRIBE = "*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nchat\r\n";
    private static final String PUBLISH = "*3\r\n$7\r\nPUBLISH\r\n$4\r\nchat\r\n$";
    private static final int MESSAGE = "message".length();

    private final boolean receives;

    /** @param receives whether it subscribes; a subscriber cannot publish */
    public RedisClient(boolean receives) {
        this.receives = receives;
    }

    @Override
    public void begin(Output out) {
        out.put(receives ? SUBSCRIBE : "*1\r\n$4\r\nPING\r\n");
    }

    @Override
    public void publish(Output out, byte[] text) {
        out.put(PUBLISH + text.length + "\r\n").put(text).put(END);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        for (int newline = AsciiLines.newline(in, at, to); newline >= 0; newline = AsciiLines.newline(in, at, to)) {
            int next = newline + 1;
            switch (in.get(at)) {
                case '*' -> next = push(in, next, to);
                case ':' -> {} // the number of receivers of a publish
                case '+' -> becomeReady();
                default -> throw unexpected(in, at, newline);
            }
            if (next < 0) {
                break;
            }
            at = next;
        }
        in.position(at);
    }

    /** A message, or the begin or end of a subscription: always three parts. Returns its end, or -1 if it is incomplete. */
    private int push(ByteBuffer in, int from, int to) {
        int channel = part(in, from, to);
        int last = channel < 0 ? -1 : part(in, channel, to);
        int end = last < 0 ? -1 : part(in, last, to);
        if (end < 0) {
            return -1;
        }
        if (AsciiLines.numberBefore(in, AsciiLines.newline(in, from, to) - 1) == MESSAGE) {
            delivered(in, AsciiLines.newline(in, last, to) + 1);
        } else {
            becomeReady();
        }
        return end;
    }

    /** The beginning of the next part: a number is a line; other parts are a line with the length, then the bytes. */
    private static int part(ByteBuffer in, int from, int to) {
        int newline = AsciiLines.newline(in, from, to);
        if (newline < 0 || in.get(from) == ':') {
            return newline < 0 ? -1 : newline + 1;
        }
        int end = newline + 1 + AsciiLines.numberBefore(in, newline - 1) + END.length;
        return end > to ? -1 : end;
    }
}
