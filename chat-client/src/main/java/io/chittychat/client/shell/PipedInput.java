package io.chittychat.client.shell;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputProvider;

/** Reads lines of UTF-8 from a pipe or file, whatever the locale. Used by one thread. */
public final class PipedInput implements InputProvider {

    private final InputStream in;

    /** Reads from a stream, which the caller closes. */
    public PipedInput(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * The next line, without its end; null at the end of input.
     *
     * @throws CharacterCodingException if the line is not well-formed UTF-8; the next call reads the line after it
     */
    @Override
    public @Nullable String readInput() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
    }
}
