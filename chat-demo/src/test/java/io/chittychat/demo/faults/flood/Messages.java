package io.chittychat.demo.faults.flood;

import com.google.protobuf.MessageLite;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.PublishRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Requests as gRPC sends them, each behind its five bytes. */
final class Messages {

    static final int PREFIX = 5;

    private static final int PAGE = 1000;

    private Messages() {}

    static byte[] join(String name) {
        return of(JoinRequest.newBuilder().setParticipantName(name).build());
    }

    static byte[] broadcast(String token, long after) {
        return of(BroadcastRequest.newBuilder()
                .setSessionToken(token)
                .setAfterLamportTime(after)
                .build());
    }

    /** The same message every time, which is recorded once. */
    static byte[] publish(String token) {
        return of(PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText("again")
                .setSequence(1)
                .build());
    }

    /** The largest page of old events. */
    static byte[] listEvents(String token) {
        return of(ListEventsRequest.newBuilder()
                .setSessionToken(token)
                .setPageSize(PAGE)
                .build());
    }

    /** Bytes that are no protobuf message. */
    static byte[] malformed() {
        return of(new byte[] {0x0a});
    }

    /** A name that takes long to bring into normal form: accents in the wrong order. */
    static byte[] accents(int count) {
        return join("a" + "\u0301".repeat(count) + "\u0323".repeat(count));
    }

    /** A name of which each character takes six in a log. */
    static byte[] controls(int count) {
        return join("\u0001".repeat(count));
    }

    /** A message in which groups stand within groups. */
    static byte[] nested(int depth) {
        return of(new String(new char[] {(char) 0x7b}).repeat(depth).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] of(MessageLite message) {
        return of(message.toByteArray());
    }

    static byte[] of(byte[] message) {
        return of(0, message);
    }

    /** @param flag 1 if it is compressed */
    static byte[] of(int flag, byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** The beginning of a message that is announced with so many bytes. */
    static byte[] announced(int length) {
        return ByteBuffer.allocate(PREFIX).put((byte) 0).putInt(length).array();
    }
}
