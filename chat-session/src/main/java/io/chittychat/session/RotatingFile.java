package io.chittychat.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * A text file that is appended to, flushed after each line so that a crash loses no line, and rotated when it is long. Used
 * by one thread.
 */
final class RotatingFile implements ParticipantLog.Lines {

    /** File systems allow 255 bytes, including the prefix and suffix. */
    private static final int MAX_NAME_BYTES = 200;

    /** Other users of the machine must not read the messages. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Rotation rotation;
    private OutputStream out;
    private long length;

    private RotatingFile(Path file, Rotation rotation) throws IOException {
        this.file = file;
        this.rotation = rotation;
        this.out = open(file);
        this.length = Files.size(file);
    }

    static RotatingFile append(Path file, Rotation rotation) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return new RotatingFile(file, rotation);
    }

    private static OutputStream open(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new BufferedOutputStream(Channels.newOutputStream(
                posix
                        ? Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                        : Files.newByteChannel(file, options)));
    }

    /**
     * The file name of a participant's log. Characters other than ASCII letters, digits, dot, underscore and hyphen are
     * percent-encoded as UTF-8. A name that is too long for a file system is cut, and gets a tilde and a hash to keep it
     * unique.
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
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (length > 0 && length + bytes.length > rotation.maxBytes()) {
            rotate();
        }
        out.write(bytes);
        out.flush();
        length += bytes.length;
    }

    private void rotate() throws IOException {
        out.close();
        for (int i = rotation.oldFiles(); i > 0; i--) {
            Path newer = i == 1 ? file : old(i - 1);
            if (Files.exists(newer)) {
                Files.move(newer, old(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(file); // exists only if no old files are kept
        out = open(file);
        length = 0;
    }

    private Path old(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
