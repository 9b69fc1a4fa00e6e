package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes of a message that know nothing of protobuf. */
final class ByteMutations {

    private static final int MOST_FLIPS = 8;
    private static final int MOST_GARBAGE = 300; // bytes
    private static final int DEEP = 20_000; // groups within groups
    private static final byte BEGIN_GROUP = 0x7b; // field 15
    private static final byte END_GROUP = 0x7c;

    private ByteMutations() {}

    static List<Mutation<byte[]>> all() {
        return List.of(
                new Mutation<>("cut off", (message, random) -> Arrays.copyOf(message, below(message.length, random))),
                new Mutation<>("without its beginning", ByteMutations::withoutBeginning),
                new Mutation<>("bits flipped", ByteMutations::flip),
                new Mutation<>("a byte set", ByteMutations::set),
                new Mutation<>("empty", (message, random) -> new byte[0]),
                new Mutation<>("garbage", (message, random) -> garbage(random)),
                new Mutation<>("garbage behind it", (message, random) -> Frames.join(message, garbage(random))),
                new Mutation<>("garbage before it", (message, random) -> Frames.join(garbage(random), message)),
                new Mutation<>("twice", (message, random) -> Frames.join(message, message)),
                new Mutation<>(
                        "groups that do not end",
                        (message, random) -> Frames.join(message, groups(BEGIN_GROUP, random))),
                new Mutation<>(
                        "groups that end only", (message, random) -> Frames.join(message, groups(END_GROUP, random))),
                new Mutation<>("groups within groups", ByteMutations::nested));
    }

    private static int below(int bound, Random random) {
        return bound == 0 ? 0 : random.nextInt(bound);
    }

    private static byte[] withoutBeginning(byte[] message, Random random) {
        return Arrays.copyOfRange(message, below(message.length, random), message.length);
    }

    private static byte[] flip(byte[] message, Random random) {
        byte[] flipped = message.clone();
        int flips = message.length == 0 ? 0 : 1 + random.nextInt(MOST_FLIPS);
        for (int i = 0; i < flips; i++) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    private static byte[] set(byte[] message, Random random) {
        byte[] changed = message.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] =
                    Mutation.pick(List.of((byte) 0, (byte) 0x7f, (byte) 0x80, (byte) 0xff), random);
        }
        return changed;
    }

    private static byte[] garbage(Random random) {
        byte[] garbage = new byte[1 + random.nextInt(MOST_GARBAGE)];
        random.nextBytes(garbage);
        return garbage;
    }

    private static byte[] groups(byte tag, Random random) {
        byte[] groups = new byte[1 + random.nextInt(DEEP)];
        Arrays.fill(groups, tag);
        return groups;
    }

    private static byte[] nested(byte[] message, Random random) {
        byte[] begins = groups(BEGIN_GROUP, random);
        byte[] ends = new byte[begins.length];
        Arrays.fill(ends, END_GROUP);
        return Frames.join(begins, ends, message);
    }
}
