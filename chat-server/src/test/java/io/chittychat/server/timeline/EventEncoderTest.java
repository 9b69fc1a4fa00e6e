package io.chittychat.server.timeline;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.BroadcastResponse;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private static final Long[] NUMBERS = {0L, 1L, 127L, 128L, 1L << 40, Long.MAX_VALUE, -1L};
    private static final String[] TEXTS = {
        "", "a", "hello", "\0", "grüße", "\u2028", "\ud83d\ude00".repeat(128), "x".repeat(40_000)
    };
    private static final Instant[] TIMES = {
        Instant.EPOCH, Instant.ofEpochSecond(1_700_000_000, 123_456_000), Instant.ofEpochSecond(-1, 1_000)
    };

    @Test
    void bytesAreThoseOfTheGeneratedCode() {
        EventEncoder encoder = new EventEncoder();
        forAll(2000, EventEncoderTest::event, event -> {
            byte[] bytes = new byte[encoder.encode(event) + 3];
            encoder.writeTo(bytes, 2);
            BroadcastResponse expected = BroadcastResponse.newBuilder()
                    .addEvents(WireEvents.of(event))
                    .build();
            assertThat(Arrays.copyOfRange(bytes, 2, bytes.length - 1)).isEqualTo(expected.toByteArray());
        });
    }

    private static Event event(Draw draw) {
        Event.Header header = new Event.Header(
                draw.oneOf(NUMBERS),
                draw.oneOf(NUMBERS),
                draw.oneOf(NUMBERS),
                draw.oneOf(TIMES),
                new SessionId(1, 2),
                draw.oneOf(TEXTS));
        return switch (draw.between(0, 3)) {
            case 0 -> new Event.Joined(header);
            case 1 -> new Event.Left(header);
            default -> new Event.Published(header, draw.oneOf(TEXTS), draw.oneOf(NUMBERS));
        };
    }
}
