package io.chittychat.demo.faults.mutation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.v1.JoinResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallMutatorTest {

    private static final int CALLS = 1000;
    private static final int MANY_CALLS = 10_000; // so that each of many kinds has its share

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3_000_000_000_000L})
    void everyMethodHasItsShareOfAThousandCalls(long seed) {
        Map<String, Long> methods = calls(seed, CALLS).collect(groupingBy(MutatedCall::method, counting()));
        assertThat(methods).containsOnlyKeys(Requests.METHODS);
        assertShares(methods);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3_000_000_000_000L})
    void everyKindOfMutationHasItsShare(long seed) {
        Map<String, Long> drawn = calls(seed, MANY_CALLS)
                .flatMap(call -> call.mutations().stream())
                .collect(groupingBy(name -> name, counting()));
        assertShares(shares(drawn, names(Stream.of(ByteMutations.all(), FieldMutations.all()))));
        assertShares(shares(drawn, names(Stream.of(BodyMutations.all()))));
        assertShares(shares(drawn, names(Stream.of(HeaderMutations.all()))));
    }

    private static Stream<MutatedCall> calls(long seed, int count) {
        CallMutator mutator = new CallMutator(new Requests(new OneSession()), seed);
        return LongStream.range(0, count).mapToObj(mutator::call);
    }

    private static <T> List<String> names(Stream<List<Mutation<T>>> mutations) {
        return mutations.flatMap(List::stream).map(Mutation::name).toList();
    }

    private static Map<String, Long> shares(Map<String, Long> drawn, List<String> names) {
        return names.stream().collect(toMap(name -> name, name -> drawn.getOrDefault(name, 0L)));
    }

    /** None is drawn less than half, or more than twice, as often as the mean. */
    private static void assertShares(Map<String, Long> drawn) {
        double mean =
                drawn.values().stream().mapToLong(Long::longValue).average().orElse(0);
        assertThat(drawn)
                .allSatisfy((name, times) -> assertThat((double) times).as(name).isBetween(mean / 2, mean * 2));
    }

    private record OneSession() implements Sessions {
        @Override
        public JoinResponse staying(Random random) {
            return JoinResponse.newBuilder()
                    .setSessionToken("token")
                    .setEpoch("epoch")
                    .setLamportTime(1)
                    .build();
        }

        @Override
        public JoinResponse leaving(Random random) {
            return staying(random);
        }
    }
}
