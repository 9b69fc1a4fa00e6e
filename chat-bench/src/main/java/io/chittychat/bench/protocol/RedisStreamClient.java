package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Redis Streams: publishers append entries with XADD; a receiver reads all entries from the first one on, and asks for the next
 * ones after each reply, with XREAD BLOCK.
 *
 * @see <a href="https://redis.io/docs/latest/develop/data-types/streams/">Redis Streams</a>
 */
public final class RedisStreamClient extends ProtocolClient {

    private static final byte[] END = {'\r', '\n'};
    private static final String PING = "*1\r\n$4\r\nPING\r\n";
    private static final String APPEND = "*5\r\n$4\r\nXADD\r\n$4\r\nchat\r\n$1\r\n*\r\n$1\r\nt\r\n$";
    private static final String READ =
            "*6\r\n$5\r\nXREAD\r\n$5\r\nBLOCK\r\n$1\r\n0\r\n$7\r\nSTREAMS\r\n$4\r\nchat\r\n$";
    private static final int STRINGS = 3; // of an entry: its id, the name of its field, the text

    private final boolean receives;
    private String newest = "0-0"; // id of the newest entry read
    private boolean named; // whether the reply has named the stream, so that its entries follow
    private int left; // strings of the reply's entries that have not arrived yet

    /** @param receives whether it reads the stream */
    public RedisStreamClient(boolean receives) {
        this.receives = receives;
    }

    @Override
    public void begin(Output out) {
        out.put(PING);
        if (receives) {
            requestNext(out);
        }
    }

    @Override
    public void publish(Output out, byte[] text) {
        out.put(APPEND + text.length + "\r\n").put(text).put(END);
    }

    private void requestNext(Output out) {
        out.put(READ + newest.length() + "\r\n" + newest + "\r\n");
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        for (int newline = AsciiLines.newline(in, at, to); newline >= 0; newline = AsciiLines.newline(in, at, to)) {
            int next = newline + 1;
            switch (in.get(at)) {
                case '*' -> array(AsciiLines.numberBefore(in, newline - 1));
                case '$' -> {
                    int end = next + AsciiLines.numberBefore(in, newline - 1);
                    if (end + END.length > to) {
                        in.position(at);
                        return;
                    }
                    string(in, next, end, out);
                    next = end + END.length;
                }
                case '+' -> becomeReady();
                default -> throw unexpected(in, at, newline);
            }
            at = next;
        }
        in.position(at);
    }

    /** The first array after the name of the stream has the entries; each is an array, too. */
    private void array(int size) {
        if (named && left == 0) {
            left = STRINGS * size;
        }
    }

    private void string(ByteBuffer in, int from, int end, Output out) {
        if (!receives) {
            acknowledged(1); // the id of the new entry
            return;
        }
        if (!named) {
            named = true;
            return;
        }
        left--;
        if (left % STRINGS == STRINGS - 1) {
            newest = text(in, from, end);
        } else if (left % STRINGS == 0) {
            delivered(in, from);
        }
        if (left == 0) {
            named = false;
            requestNext(out);
        }
    }

    private static String text(ByteBuffer in, int from, int end) {
        byte[] bytes = new byte[end - from];
        in.get(from, bytes);
        return new String(bytes, US_ASCII);
    }
}
