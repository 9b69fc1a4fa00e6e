package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * MQTT with quality of service 0: at most once.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html">MQTT 3.1.1</a>
 */
public final class MqttClient extends ProtocolClient {

    private static final byte[] TOPIC = "chat".getBytes(US_ASCII);
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int SUBACK = 9;

    private final String id;
    private final boolean receives;

    /**
     * @param id unique
     * @param receives whether it subscribes
     */
    public MqttClient(String id, boolean receives) {
        this.id = id;
        this.receives = receives;
    }

    @Override
    public void begin(Output out) {
        out.put(0x10).putVarint(10 + 2 + id.length());
        out.putShort(4).put("MQTT").put(4).put(2).putShort(0); // a clean session without keepalive
        out.putShort(id.length()).put(id);
    }

    private static void subscribe(Output out) {
        out.put(0x82).putVarint(2 + 2 + TOPIC.length + 1).putShort(1);
        out.putShort(TOPIC.length).put(TOPIC).put(0);
    }

    @Override
    public void publish(Output out, byte[] text) {
        out.put(0x30).putVarint(2L + TOPIC.length + text.length);
        out.putShort(TOPIC.length).put(TOPIC).put(text);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        while (at < to) {
            int body = Varints.after(in, at + 1, to);
            if (body < 0) {
                break;
            }
            int next = body + (int) Varints.value(in, at + 1, body);
            if (next > to) {
                break;
            }
            packet(in, at, body, next, out);
            at = next;
        }
        in.position(at);
    }

    private void packet(ByteBuffer in, int at, int body, int next, Output out) {
        switch ((in.get(at) & 0xff) >>> 4) {
            case PUBLISH -> delivered(in, body + 2 + in.getShort(body));
            case CONNACK -> {
                if (in.get(body + 1) != 0) {
                    throw unexpected(in, at, next);
                } else if (receives) {
                    subscribe(out);
                } else {
                    becomeReady();
                }
            }
            case SUBACK -> becomeReady();
            default -> throw unexpected(in, at, next);
        }
    }
}
