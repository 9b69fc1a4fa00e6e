package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipedInputTest {

    @Test
    void linesAreUtf8WithEitherLineEnd() throws IOException {
        PipedInput input = input("say é😀\r\n\nlast".getBytes(StandardCharsets.UTF_8));

        assertThat(input.readInput()).isEqualTo("say é😀");
        assertThat(input.readInput()).isEmpty();
        assertThat(input.readInput()).isEqualTo("last");
        assertThat(input.readInput()).isNull();
    }

    @Test
    void malformedLineIsReportedAndTheNextOneRead() throws IOException {
        PipedInput input = input(new byte[] {'a', (byte) 0xff, '\n', 'b'});

        assertThatThrownBy(input::readInput).isInstanceOf(CharacterCodingException.class);
        assertThat(input.readInput()).isEqualTo("b");
    }

    private static PipedInput input(byte[] bytes) {
        return new PipedInput(new ByteArrayInputStream(bytes));
    }
}
