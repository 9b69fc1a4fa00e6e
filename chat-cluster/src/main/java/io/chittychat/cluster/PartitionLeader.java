package io.chittychat.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.process.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalInt;

/**
 * Asks a broker who leads a partition: a Metadata request of Kafka's protocol, version 1
 * (<a href="https://kafka.apache.org/protocol#The_Messages_Metadata">the protocol</a>). Kafka's own client would be 5 MB more
 * in every program that starts brokers.
 */
final class PartitionLeader {

    private static final int METADATA = 3;
    private static final int VERSION = 1;
    private static final int TIMEOUT_MILLIS = 2_000;

    private PartitionLeader() {}

    /**
     * The id of the broker that leads the first partition of a topic.
     *
     * @param port of a broker on the loopback interface
     * @return empty if there is none, or if the broker does not answer
     */
    static OptionalInt find(int port, String topic) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.HOST, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request(topic));
            return read(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return OptionalInt.empty(); // it is ending, or starting
        }
    }

    private static byte[] request(String topic) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(METADATA);
        out.writeShort(VERSION);
        out.writeInt(0); // the only request of the connection
        writeString(out, "chitty-cluster");
        out.writeInt(1); // topics
        writeString(out, topic);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        new DataOutputStream(whole).writeInt(body.size());
        body.writeTo(whole);
        return whole.toByteArray();
    }

    private static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static OptionalInt read(DataInputStream in) throws IOException {
        in.skipNBytes(2 * Integer.BYTES); // size, number of the request
        for (int brokers = in.readInt(); brokers > 0; brokers--) {
            in.skipNBytes(Integer.BYTES); // id
            skipString(in); // host
            in.skipNBytes(Integer.BYTES); // port
            skipString(in); // rack
        }
        in.skipNBytes(2 * Integer.BYTES + Short.BYTES); // controller, number of topics, error
        skipString(in); // topic
        in.skipNBytes(1); // whether it is internal
        if (in.readInt() == 0) { // partitions
            return OptionalInt.empty();
        }
        in.skipNBytes(Short.BYTES + Integer.BYTES); // error, partition
        int leader = in.readInt();
        return leader < 0 ? OptionalInt.empty() : OptionalInt.of(leader);
    }

    /** Skips a text; the length of none is -1. */
    private static void skipString(DataInputStream in) throws IOException {
        in.skipNBytes(Math.max(0, in.readShort()));
    }
}
