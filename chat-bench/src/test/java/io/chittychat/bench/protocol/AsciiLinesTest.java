package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AsciiLinesTest {

    @Test
    void firstNewlineIsFoundWhereverItIs() {
        for (int at = 0; at < 40; at++) {
            String before = "\u000b\u0009\u008a\u00ff\u0000\u0001".repeat(7).substring(0, at);
            ByteBuffer in = ByteBuffer.wrap((before + "\nabc\n\u000b\n").getBytes(ISO_8859_1));

            assertThat(AsciiLines.newline(in, 0, in.limit())).isEqualTo(at);
            assertThat(AsciiLines.newline(in, 0, at)).isEqualTo(-1);
        }
    }
}
