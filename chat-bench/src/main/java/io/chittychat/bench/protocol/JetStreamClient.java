package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * NATS JetStream: publishers get an acknowledgement of each message that the stream has; each receiver has an ephemeral push
 * consumer without acknowledgements.
 *
 * @see <a href="https://docs.nats.io/reference/reference-protocols/nats_api_reference">JetStream API</a>
 */
public final class JetStreamClient extends ProtocolClient {

    private static final byte[] END = {'\r', '\n'};
    private static final int COMMAND = "MSG ".length();
    private static final String STREAM =
            "{\"name\":\"CHAT\",\"subjects\":[\"chat\"],\"storage\":\"file\",\"num_replicas\":1}";
    private static final String CONSUMER = "{\"stream_name\":\"CHAT\",\"config\":{\"deliver_subject\":\"%s\","
            + "\"deliver_policy\":\"new\",\"ack_policy\":\"none\"}}";

    /** The subject is that of another stream, or of this one while it is being made. */
    private static final String OVERLAP = "\"err_code\":10065,";

    private final String name = UUID.randomUUID().toString();
    private final String inbox = "_INBOX." + name;
    private final String deliveries = "_DELIVER." + name;
    private final boolean receives;

    /** @param receives whether it has a consumer */
    public JetStreamClient(boolean receives) {
        this.receives = receives;
    }

    /** Publishers make the stream, which is the same for all; receivers need it. */
    @Override
    public void begin(Output out) {
        out.put(NatsClient.CONNECT);
        out.put("SUB " + inbox + " 1\r\n");
        if (receives) {
            out.put("SUB " + deliveries + " 2\r\n");
            publish(
                    out,
                    "$JS.API.CONSUMER.CREATE.CHAT",
                    CONSUMER.formatted(deliveries).getBytes(US_ASCII));
        } else {
            makeStream(out);
        }
    }

    private void makeStream(Output out) {
        publish(out, "$JS.API.STREAM.CREATE.CHAT", STREAM.getBytes(US_ASCII));
    }

    @Override
    public void publish(Output out, byte[] text) {
        publish(out, "chat", text);
    }

    private void publish(Output out, String subject, byte[] text) {
        out.put("PUB " + subject + " " + inbox + " " + text.length + "\r\n")
                .put(text)
                .put(END);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        for (int newline = AsciiLines.newline(in, at, to); newline >= 0; newline = AsciiLines.newline(in, at, to)) {
            int next = newline + 1;
            if (in.get(at) == 'M') { // MSG subject subscription [reply] size
                int end = next + AsciiLines.numberBefore(in, newline - 1);
                next = end + END.length;
                if (next > to) {
                    break;
                }
                message(in, at, newline + 1, end, out);
            } else if (AsciiLines.startsWith(in, at, newline, "PING")) {
                out.put("PONG\r\n");
            } else if (!AsciiLines.startsWith(in, at, newline, "INFO")) {
                throw unexpected(in, at, newline);
            }
            at = next;
        }
        in.position(at);
    }

    private void message(ByteBuffer in, int at, int body, int end, Output out) {
        if (!AsciiLines.startsWith(in, at + COMMAND, body, inbox)) {
            delivered(in, body);
        } else if (AsciiLines.startsWith(in, body, end, "{\"stream\":")) {
            acknowledged(1);
        } else if (!isReady() && holds(in, body, end, OVERLAP)) {
            makeStream(out); // another publisher is making it at this moment
        } else if (isReady() || holds(in, body, end, "\"error\":")) {
            throw unexpected(in, body, end);
        } else {
            becomeReady();
        }
    }

    private static boolean holds(ByteBuffer in, int from, int end, String part) {
        for (int at = from; at < end; at++) {
            if (AsciiLines.startsWith(in, at, end, part)) {
                return true;
            }
        }
        return false;
    }
}
