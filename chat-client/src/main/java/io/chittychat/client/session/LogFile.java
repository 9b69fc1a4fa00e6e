package io.chittychat.client.session;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A text file that is appended to and flushed line by line, so that what was logged is there after a crash. */
final class LogFile implements ParticipantLog.Lines {

    /** File systems allow 255 bytes; the rest is for what stands around the name. */
    private static final int MAX_NAME_BYTES = 200;

    private final BufferedWriter writer;

    private LogFile(BufferedWriter writer) {
        this.writer = writer;
    }

    static LogFile append(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return new LogFile(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * The file name of a participant's log. Everything but ASCII letters, digits, dot, underscore and hyphen is
     * percent-encoded as UTF-8; a name that would become too long for a file system is cut, and a tilde and a hash tell it
     * from others that begin alike.
     */
    static String name(String participant) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : participant.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        if (encoded.length() > MAX_NAME_BYTES) {
            encoded.setLength(MAX_NAME_BYTES);
            encoded.append('~').append(Integer.toHexString(participant.hashCode()));
        }
        return "participant-" + encoded + ".log";
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '.'
                || b == '_'
                || b == '-';
    }

    @Override
    public void write(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
