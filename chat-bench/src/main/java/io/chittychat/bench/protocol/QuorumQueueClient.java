package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;

/**
 * A publisher of AMQP 0-9-1 to a quorum queue of RabbitMQ, with publisher confirms.
 *
 * @see <a href="https://www.rabbitmq.com/amqp-0-9-1-reference">AMQP 0-9-1 reference</a>
 * @see <a href="https://www.rabbitmq.com/docs/confirms">Publisher confirms</a>
 */
public final class QuorumQueueClient extends ProtocolClient {

    private static final int METHOD = 1;
    private static final int HEADER = 2;
    private static final int BODY = 3;
    private static final int END = 0xce;
    private static final int BEFORE = 7; // bytes of a frame before its payload

    // Class and method.
    private static final int START = 10 << 16 | 10;
    private static final int START_OK = 10 << 16 | 11;
    private static final int TUNE = 10 << 16 | 30;
    private static final int TUNE_OK = 10 << 16 | 31;
    private static final int OPEN = 10 << 16 | 40;
    private static final int OPEN_OK = 10 << 16 | 41;
    private static final int CHANNEL_OPEN = 20 << 16 | 10;
    private static final int CHANNEL_OPEN_OK = 20 << 16 | 11;
    private static final int DECLARE = 50 << 16 | 10;
    private static final int DECLARE_OK = 50 << 16 | 11;
    private static final int CONFIRM = 85 << 16 | 10;
    private static final int CONFIRM_OK = 85 << 16 | 11;
    private static final int PUBLISH = 60 << 16 | 40;
    private static final int ACK = 60 << 16 | 80;

    private static final int DURABLE = 2;
    private static final int DELIVERY_MODE = 0x1000; // the flag of that property
    private static final int PERSISTENT = 2;

    private final Output payload = new Output();
    private long acknowledgedThrough; // number of the publish

    @Override
    public void begin(Output out) {
        out.put("AMQP").put(0).put(0).put(9).put(1);
    }

    @Override
    public void publish(Output out, byte[] text) {
        payload.putInt(PUBLISH).putShort(0);
        shortString("");
        shortString("chat");
        payload.put(0);
        send(out, METHOD, 1);
        payload.putShort(PUBLISH >>> 16).putShort(0).putInt(0).putInt(text.length);
        payload.putShort(DELIVERY_MODE).put(PERSISTENT);
        send(out, HEADER, 1);
        payload.put(text);
        send(out, BODY, 1);
    }

    private void send(Output out, int type, int channel) {
        out.put(type).putShort(channel).putInt(payload.size()).put(payload.toArray());
        out.put(END);
        payload.clear();
    }

    private void shortString(String text) {
        payload.put(text.length()).put(text);
    }

    private void longString(String text) {
        payload.putInt(text.length()).put(text);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        while (at + BEFORE <= to) {
            int body = at + BEFORE;
            int next = body + in.getInt(at + 3) + 1;
            if (next > to) {
                break;
            }
            if (in.get(at) == METHOD) {
                method(in, body, next, out);
            }
            at = next;
        }
        in.position(at);
    }

    private void method(ByteBuffer in, int at, int next, Output out) {
        int arguments = at + Integer.BYTES;
        switch (in.getInt(at)) {
            case ACK -> acknowledged(in.getLong(arguments), in.get(arguments + Long.BYTES) != 0);
            case START -> {
                payload.putInt(START_OK).putInt(0); // no properties
                shortString("PLAIN");
                longString("\0guest\0guest");
                shortString("en_US");
                send(out, METHOD, 0);
            }
            case TUNE -> {
                payload.putInt(TUNE_OK).putShort(in.getShort(arguments)).putInt(in.getInt(arguments + Short.BYTES));
                payload.putShort(0); // no heartbeats
                send(out, METHOD, 0);
                payload.putInt(OPEN);
                shortString("/");
                shortString("");
                payload.put(0);
                send(out, METHOD, 0);
            }
            case OPEN_OK -> {
                payload.putInt(CHANNEL_OPEN);
                shortString("");
                send(out, METHOD, 1);
            }
            case CHANNEL_OPEN_OK -> declare(out);
            case DECLARE_OK -> {
                payload.putInt(CONFIRM).put(0);
                send(out, METHOD, 1);
            }
            case CONFIRM_OK -> becomeReady();
            default -> throw unexpected(in, at, next);
        }
    }

    private void declare(Output out) {
        String key = "x-queue-type";
        String type = "quorum";
        payload.putInt(DECLARE).putShort(0);
        shortString("chat");
        payload.put(DURABLE).putInt(1 + key.length() + 1 + Integer.BYTES + type.length());
        shortString(key);
        payload.put('S');
        longString(type);
        send(out, METHOD, 1);
    }

    /** @param multiple whether all before it are acknowledged, too */
    private void acknowledged(long number, boolean multiple) {
        if (number <= acknowledgedThrough || !multiple && number != acknowledgedThrough + 1) {
            throw new BenchException("publish %d was acknowledged after %d".formatted(number, acknowledgedThrough));
        }
        acknowledged((int) (number - acknowledgedThrough));
        acknowledgedThrough = number;
    }
}
