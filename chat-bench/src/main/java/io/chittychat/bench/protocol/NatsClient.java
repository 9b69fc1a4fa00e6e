package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** @see <a href="https://docs.nats.io/reference/reference-protocols/nats-protocol">NATS client protocol</a> */
public final class NatsClient extends ProtocolClient {

    static final String CONNECT =
            "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":false,\"lang\":\"java\",\"version\":\"1\"}\r\n";

    private static final byte[] END = {'\r', '\n'};
    private static final String SUBJECT = "chat";

    private final boolean receives;

    /** @param receives whether it subscribes */
    public NatsClient(boolean receives) {
        this.receives = receives;
    }

    @Override
    public void begin(Output out) {
        out.put(CONNECT);
        if (receives) {
            out.put("SUB " + SUBJECT + " 1\r\n");
        }
        out.put("PING\r\n");
    }

    @Override
    public void publish(Output out, byte[] text) {
        out.put("PUB " + SUBJECT + " " + text.length + "\r\n").put(text).put(END);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        for (int newline = AsciiLines.newline(in, at, to); newline >= 0; newline = AsciiLines.newline(in, at, to)) {
            int next = newline + 1;
            if (in.get(at) == 'M') { // MSG subject subscription size
                next += AsciiLines.numberBefore(in, newline - 1) + END.length;
                if (next > to) {
                    break;
                }
                delivered(in, newline + 1);
            } else {
                other(in, at, newline, out);
            }
            at = next;
        }
        in.position(at);
    }

    private void other(ByteBuffer in, int at, int newline, Output out) {
        if (AsciiLines.startsWith(in, at, newline, "PING")) {
            out.put("PONG\r\n");
        } else if (AsciiLines.startsWith(in, at, newline, "PONG")) {
            becomeReady();
        } else if (!AsciiLines.startsWith(in, at, newline, "INFO")) {
            throw unexpected(in, at, newline);
        }
    }
}
