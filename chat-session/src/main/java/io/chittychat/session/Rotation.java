package io.chittychat.session;

/**
 * The rotation of a log file: {@code F} becomes {@code F.1}, {@code F.1} becomes {@code F.2}, and so on.
 *
 * @param maxBytes a file is rotated before it becomes longer than this; a record is never split
 * @param oldFiles the number of rotated files that are kept
 */
public record Rotation(long maxBytes, int oldFiles) {

    /** Files of 10 MiB, of which five rotated ones are kept. */
    public static final Rotation DEFAULT = new Rotation(10L << 20, 5);

    /** @throws IllegalArgumentException unless {@code maxBytes >= 1} and {@code oldFiles >= 0} */
    public Rotation {
        if (maxBytes < 1 || oldFiles < 0) {
            throw new IllegalArgumentException("invalid rotation: " + maxBytes + " bytes, " + oldFiles + " old files");
        }
    }
}
