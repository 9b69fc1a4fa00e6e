package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallLineEncoderTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);

    private final CallLineEncoder encoder = new CallLineEncoder();

    @Test
    void lineHasTimeLevelAndMessage() {
        assertThat(encoded(Instant.parse("2026-11-30T08:15:00.007Z"), Level.INFO, "rpc=Join participant=Zoë"))
                .isEqualTo("time=2026-11-30T08:15:00.007Z level=INFO rpc=Join participant=Zoë\n");
    }

    @Test
    void levelIsThatOfTheEvent() {
        assertThat(encoded(Instant.EPOCH, Level.WARN, "event=left"))
                .isEqualTo("time=1970-01-01T00:00:00.000Z level=WARN event=left\n");
    }

    /** Time may also go back: the wall clock can be set. */
    @Test
    void timesAreThoseOfTheUsualFormat() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Instant> times = random.longs(5_000, -2_000_000_000L, 8_000_000_000_000L)
                .mapToObj(Instant::ofEpochMilli)
                .toList();
        for (Instant time : times) {
            assertThat(encoded(time, Level.INFO, "m"))
                    .as("seed %d", seed)
                    .isEqualTo("time=" + TIME.format(time) + " level=INFO m\n");
        }
    }

    private String encoded(Instant time, Level level, String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(level);
        event.setMessage(message);
        event.setInstant(time);
        return new String(encoder.encode(event), UTF_8);
    }
}
