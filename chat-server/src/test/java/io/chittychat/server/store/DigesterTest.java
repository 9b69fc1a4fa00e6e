package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Digests over fields. */
class DigesterTest {

    private static Digest digest(long number) {
        return Digester.begin('t').put(number).put("text " + number).end();
    }

    @Test
    void digestersOfThreadsDoNotDisturbEachOther() {
        List<Digest> expected =
                LongStream.range(0, 1000).mapToObj(DigesterTest::digest).toList();
        assertThat(expected).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(any -> LongStream.range(0, 1000)
                                .mapToObj(DigesterTest::digest)
                                .toList()))
                .allMatch(expected::equals);
    }

    @Test
    void anUnfinishedDigestDoesNotChangeTheNextOne() {
        Digest expected = digest(1);
        Digester.begin('t').put("unfinished");
        assertThat(digest(1)).isEqualTo(expected);
    }

    @Test
    void fieldLongerThanTheBufferIsDigestedWhole() {
        String text = "x".repeat(100_000);
        Digest whole = Digester.begin('t').put(text).put(1).end();
        assertThat(Digester.begin('t').put(text).put(2).end()).isNotEqualTo(whole);
        assertThat(Digester.begin('t').put("y" + text.substring(1)).put(1).end())
                .isNotEqualTo(whole);
        assertThat(Digester.begin('t').put(text).put(1).end()).isEqualTo(whole);
    }
}
