package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Encodes a line of the service log: {@code time=2026-11-30T08:15:00.123Z level=INFO}, and the message, which is one line
 * of logfmt. A pattern would take more time than all else that a message of a PublishStream costs the log.
 *
 * <p>Threading: any thread.
 */
public final class CallLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] LEVEL = "Z level=".getBytes(UTF_8);
    private static final int SECOND = 1000; // milliseconds

    private volatile Second newest = new Second(0);

    /** The beginning of all lines of a second. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Second(long epochSecond, byte[] time) {

        Second(long epochSecond) {
            this(epochSecond, "time=%s.".formatted(withoutZone(epochSecond)).getBytes(UTF_8));
        }

        private static String withoutZone(long epochSecond) {
            String time = Instant.ofEpochSecond(epochSecond).toString();
            return time.substring(0, time.length() - 1);
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] time = second(Math.floorDiv(event.getTimeStamp(), (long) SECOND)).time;
        int millis = (int) Math.floorMod(event.getTimeStamp(), (long) SECOND);
        byte[] level = event.getLevel().toString().getBytes(UTF_8);
        byte[] message = event.getFormattedMessage().getBytes(UTF_8);
        return ByteBuffer.allocate(time.length + 3 + LEVEL.length + level.length + 1 + message.length + 1)
                .put(time)
                .put(digit(millis / 100))
                .put(digit(millis / 10 % 10))
                .put(digit(millis % 10))
                .put(LEVEL)
                .put(level)
                .put((byte) ' ')
                .put(message)
                .put((byte) '\n')
                .array();
    }

    private static byte digit(int value) {
        return (byte) ('0' + value);
    }

    private Second second(long epochSecond) {
        Second now = newest;
        if (now.epochSecond != epochSecond) {
            now = new Second(epochSecond);
            newest = now;
        }
        return now;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
