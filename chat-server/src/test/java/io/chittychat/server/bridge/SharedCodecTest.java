package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedCodecTest {

    private final List<String> encoded = new ArrayList<>();

    private final Codec shared = new SharedCodec(new Codec() {
        @Override
        public byte[] decode(byte[] request) {
            return request;
        }

        @Override
        public byte[] encode(byte[] response) {
            encoded.add(new String(response, UTF_8));
            return ("<" + new String(response, UTF_8) + ">").getBytes(UTF_8);
        }
    });

    @Test
    void responseForSeveralReadersIsEncodedOnce() {
        for (int reader = 0; reader < 3; reader++) {
            assertThat(shared.encode(bytes("one"))).isEqualTo(bytes("<one>"));
            assertThat(shared.encode(bytes("two"))).isEqualTo(bytes("<two>"));
        }

        assertThat(encoded).containsExactly("one", "two");
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int i = 0; i < 1000; i++) {
            shared.encode(bytes("response " + i));
        }
        encoded.clear();
        for (int i = 0; i < 1000; i++) {
            shared.encode(bytes("response " + (999 - i)));
        }

        assertThat(encoded).hasSizeBetween(990, 999).doesNotContain("response 999");
    }

    @Test
    void largeResponsesAreNotKept() {
        byte[] large = new byte[64 * 1024 + 1];
        shared.encode(large);
        shared.encode(large);

        assertThat(encoded).hasSize(2);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
