package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.HeaderBlock;
import io.chittychat.demo.faults.mutation.MutatedCall.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes calls that are right into calls that are not. A call depends on the seed and its number only, and on the sessions
 * that there are.
 */
final class CallMutator {

    private static final List<Mutation<byte[]>> MESSAGE = Stream.of(ByteMutations.all(), FieldMutations.all())
            .flatMap(List::stream)
            .toList();
    private static final List<Mutation<Body>> BODY = BodyMutations.all();
    private static final List<Mutation<HeaderBlock>> HEADERS = HeaderMutations.all();

    private final Requests requests;
    private final long seed;

    CallMutator(Requests requests, long seed) {
        this.requests = requests;
        this.seed = seed;
    }

    MutatedCall call(long number) {
        // The first draws of a Random with neighbouring seeds are nearly equal; those of a SplittableRandom are not.
        Random random = new Random(new SplittableRandom(seed * 1_000_003 + number).nextLong());
        String method = Mutation.pick(Requests.METHODS, random);
        List<String> done = new ArrayList<>();
        byte[] message = requests.of(method, number, random).toByteArray();
        HeaderBlock headers = HeaderBlock.of(method);
        int what = random.nextInt(100);
        if (what < 70) {
            message = apply(MESSAGE, message, random, done);
        }
        Body body = BodyMutations.of(message);
        if (what >= 60 && what < 82) {
            body = apply(BODY, body, random, done);
        } else if (what >= 82 && what < 95) {
            headers = apply(HEADERS, headers, random, done);
        } else if (what == 95) {
            headers = headers.add("grpc-encoding", "gzip");
            body = new Body(BodyMutations.compressed(body.bytes()), true);
            done.add("compressed");
        }
        return new MutatedCall(number, method, headers, body, List.copyOf(done));
    }

    private static <T> T apply(List<Mutation<T>> all, T original, Random random, List<String> done) {
        Mutation<T> mutation = Mutation.pick(all, random);
        done.add(mutation.name());
        return mutation.apply(original, random);
    }
}
