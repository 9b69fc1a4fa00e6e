package io.chittychat.session;

/**
 * When a log file is put aside: {@code F} becomes {@code F.1}, {@code F.1} becomes {@code F.2}, and so on.
 *
 * @param maxBytes a file that would become longer than this is put aside first; a record is never split
 * @param oldFiles how many files that were put aside are kept; 0 keeps none
 */
public record Rotation(long maxBytes, int oldFiles) {

    /** 10 MiB a file, of which five old ones are kept. */
    public static final Rotation DEFAULT = new Rotation(10L << 20, 5);

    /** @throws IllegalArgumentException if a number makes no sense */
    public Rotation {
        if (maxBytes < 1 || oldFiles < 0) {
            throw new IllegalArgumentException("a log needs room: " + maxBytes + " bytes, " + oldFiles + " old files");
        }
    }
}
