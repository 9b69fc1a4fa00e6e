package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;

/**
 * A participant's Broadcast by the Connect protocol over HTTP/1.1. The answer is chunked, and ends only with its connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, chunked transfer coding</a>
 */
public final class ConnectReceiver extends ProtocolClient {

    private static final String OK = "HTTP/1.1 200";

    private final String authority;
    private final ConnectEncoding encoding;
    private final byte[] request;
    private final MessageWalker events;
    private boolean begun; // the first line of the answer has arrived
    private boolean inHead = true;
    private int dataLeft; // of the chunk that is being read

    /**
     * @param authority host and port
     * @param after Lamport time after which it reads
     */
    public ConnectReceiver(String authority, ConnectEncoding encoding, String token, long after) {
        this.authority = authority;
        this.encoding = encoding;
        this.request = encoding.broadcast(token, after);
        this.events = encoding.events(this);
    }

    @Override
    public void begin(Output out) {
        out.put("POST /chittychat.v1.ChatService/Broadcast HTTP/1.1\r\n");
        out.put("host: " + authority + "\r\n");
        out.put("content-type: " + encoding.contentType() + "\r\n");
        out.put("connect-protocol-version: 1\r\n");
        out.put("content-length: " + (MessageWalker.PREFIX + request.length) + "\r\n\r\n");
        out.put(0).putInt(request.length).put(request);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        while (in.hasRemaining()) {
            if (dataLeft > 0) {
                data(in);
            } else if (!line(in)) {
                return;
            }
        }
    }

    private void data(ByteBuffer in) {
        int count = Math.min(dataLeft, in.remaining());
        int at = in.position();
        events.walk(in, at, at + count);
        in.position(at + count);
        dataLeft -= count;
    }

    /** Takes a line of the head, or the line before or after a chunk; false if it has not arrived. */
    private boolean line(ByteBuffer in) {
        int from = in.position();
        int newline = AsciiLines.newline(in, from, in.limit());
        if (newline < 0) {
            return false;
        }
        boolean empty = newline - from <= 1;
        if (inHead) {
            if (!begun && !AsciiLines.startsWith(in, from, newline, OK)) {
                throw unexpected(in, from, in.limit());
            }
            begun = true;
            inHead = !empty;
        } else if (!empty) {
            dataLeft = size(in, from, newline - 1);
        }
        in.position(newline + 1);
        return true;
    }

    private static int size(ByteBuffer in, int from, int end) {
        int size = 0;
        for (int at = from; at < end; at++) {
            int digit = Character.digit(in.get(at), 16);
            if (digit < 0) {
                throw unexpected(in, from, end);
            }
            size = size << 4 | digit;
        }
        if (size == 0) {
            throw new BenchException("the server ended Broadcast");
        }
        return size;
    }

    @Override
    public void publish(Output out, byte[] text) {
        throw new UnsupportedOperationException("a Broadcast publishes nothing");
    }
}
