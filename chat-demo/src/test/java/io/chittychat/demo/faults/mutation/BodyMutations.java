package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.mutation.MutatedCall.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Changes around a message: gRPC's five bytes before it, the number of messages, and their end. */
final class BodyMutations {

    private static final int PREFIX = 5;
    private static final int MOST_MESSAGES = 20;
    private static final int OVER_LIMIT = (1 << 20) + 1; // bytes: one more than the largest message
    private static final int RARELY = 50; // large messages are sent once in so many times

    private BodyMutations() {}

    static List<Mutation<Body>> all() {
        return List.of(
                new Mutation<>(
                        "a flag that is none",
                        (body, random) -> flag(body, Mutation.pick(List.of(1, 2, 3, 0x80, 0xff), random))),
                new Mutation<>(
                        "a message that is announced longer", (body, random) -> length(body, 1 + random.nextInt(100))),
                new Mutation<>(
                        "a message that is announced shorter", (body, random) -> length(body, -1 - random.nextInt(5))),
                new Mutation<>("a message that is announced huge", BodyMutations::huge),
                new Mutation<>("a message over the limit", BodyMutations::overLimit),
                new Mutation<>("several messages", BodyMutations::several),
                new Mutation<>("no message", (body, random) -> new Body(new byte[0], true)),
                new Mutation<>("an empty message", (body, random) -> new Body(new byte[PREFIX], true)),
                new Mutation<>("nothing more, and no end", (body, random) -> new Body(new byte[0], false)),
                new Mutation<>("no end", (body, random) -> new Body(body.bytes(), false)),
                new Mutation<>(
                        "a message that is cut off",
                        (body, random) ->
                                new Body(Arrays.copyOf(body.bytes(), random.nextInt(body.bytes().length)), true)),
                new Mutation<>("garbage behind the message", BodyMutations::garbage),
                new Mutation<>(
                        "compressed without a word", (body, random) -> new Body(compressed(body.bytes()), true)));
    }

    /** A message as gRPC sends it. */
    static Body of(byte[] message) {
        return new Body(prefixed(0, message), true);
    }

    /** Compressed, as a call with grpc-encoding gzip has it. */
    static byte[] compressed(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body, PREFIX, body.length - PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return prefixed(1, packed.toByteArray());
    }

    private static byte[] prefixed(int flag, byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static Body flag(Body body, int flag) {
        byte[] bytes = body.bytes().clone();
        bytes[0] = (byte) flag;
        return new Body(bytes, true);
    }

    private static Body length(Body body, int more) {
        byte[] bytes = body.bytes().clone();
        ByteBuffer.wrap(bytes).putInt(1, Math.max(0, bytes.length - PREFIX + more));
        return new Body(bytes, true);
    }

    private static Body huge(Body body, Random random) {
        byte[] bytes = body.bytes().clone();
        ByteBuffer.wrap(bytes)
                .putInt(1, Mutation.pick(List.of(OVER_LIMIT, Integer.MAX_VALUE, Integer.MIN_VALUE, -1), random));
        return new Body(bytes, random.nextBoolean());
    }

    private static Body overLimit(Body body, Random random) {
        return random.nextInt(RARELY) == 0 ? new Body(prefixed(0, new byte[OVER_LIMIT]), true) : huge(body, random);
    }

    private static Body several(Body body, Random random) {
        return new Body(Frames.repeat(body.bytes(), 2 + random.nextInt(MOST_MESSAGES)), true);
    }

    private static Body garbage(Body body, Random random) {
        byte[] garbage = new byte[1 + random.nextInt(20)];
        random.nextBytes(garbage);
        return new Body(Frames.join(body.bytes(), garbage), true);
    }
}
