package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.mutation.WireMessage.Field;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of a message that is taken apart and put together again. */
final class FieldMutations {

    private static final int HIGHEST_NUMBER = (1 << 29) - 1; // of a field
    private static final int MOST_COPIES = 500;
    private static final List<Long> LENGTHS = List.of(0L, 1L, -1L, 0x7fffffffL, 0xffffffffL, 1L << 20, 1L << 62);
    private static final byte[] ENDLESS = new byte[11]; // a varint may have ten bytes

    static {
        Arrays.fill(ENDLESS, (byte) 0xff);
    }

    /** One field among others. */
    private interface FieldChange {
        byte[] apply(Field field, Random random);
    }

    private FieldMutations() {}

    static List<Mutation<byte[]>> all() {
        return List.of(
                one("a length that lies", FieldMutations::lie),
                one("another wire type", FieldMutations::wireType),
                one("another number", FieldMutations::number),
                one("an endless varint", (field, random) -> Frames.join(WireMessage.number(field.tag()), ENDLESS)),
                one(
                        "a number at a limit",
                        (field, random) -> field.hasLength()
                                ? field.encoded()
                                : Field.varint(field.number(), Limits.number(random))
                                        .encoded()),
                one(
                        "another text",
                        (field, random) -> field.hasLength()
                                ? Field.bytes(field.number(), Limits.text(random))
                                        .encoded()
                                : field.encoded()),
                one("left out", (field, random) -> new byte[0]),
                one("many times", (field, random) -> Frames.repeat(field.encoded(), 2 + random.nextInt(MOST_COPIES))),
                new Mutation<>("shuffled", FieldMutations::shuffle),
                new Mutation<>("an unknown field", (message, random) -> Frames.join(message, unknown(random))));
    }

    private static Mutation<byte[]> one(String name, FieldChange change) {
        return new Mutation<>(
                name, (message, random) -> changeOne(WireMessage.of(message).fields(), change, random));
    }

    private static byte[] changeOne(List<Field> fields, FieldChange change, Random random) {
        int chosen = fields.isEmpty() ? 0 : random.nextInt(fields.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            out.writeBytes(i == chosen ? change.apply(field, random) : field.encoded());
        }
        return out.toByteArray();
    }

    private static byte[] lie(Field field, Random random) {
        long length = field.content().length;
        return field.encoded(random.nextBoolean() ? length + random.nextInt(5) - 2 : Mutation.pick(LENGTHS, random));
    }

    private static byte[] wireType(Field field, Random random) {
        return new Field(field.tag() & ~7L | random.nextInt(8), field.content()).encoded();
    }

    private static byte[] number(Field field, Random random) {
        long number = Mutation.pick(List.of(0, field.number() + 1, 15, 16, 19_000, HIGHEST_NUMBER, -1), random);
        return new Field(number << 3 | field.tag() & 7, field.content()).encoded();
    }

    private static byte[] shuffle(byte[] message, Random random) {
        List<Field> fields = new ArrayList<>(WireMessage.of(message).fields());
        Collections.shuffle(fields, random);
        return new WireMessage(fields).encoded();
    }

    private static byte[] unknown(Random random) {
        int number = 20 + random.nextInt(HIGHEST_NUMBER - 20);
        return random.nextBoolean()
                ? Field.varint(number, random.nextLong()).encoded()
                : Field.bytes(number, Limits.text(random)).encoded();
    }
}
