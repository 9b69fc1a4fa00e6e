package io.chittychat.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.Event;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventCountTest {

    @Test
    void eventsAreCounted() throws IOException {
        Event event = Event.newBuilder().setLamportTime(7).setText("Hello").build();

        assertThat(count(BroadcastResponse.newBuilder()
                        .addEvents(event)
                        .addEvents(event)
                        .build()))
                .isEqualTo(new EventCount(2, false));
    }

    @Test
    void tailIsNoticed() throws IOException {
        assertThat(count(BroadcastResponse.newBuilder()
                        .setCaughtUp(CaughtUp.newBuilder().setLamportTime(7))
                        .build()))
                .isEqualTo(new EventCount(0, true));
    }

    private static EventCount count(BroadcastResponse response) throws IOException {
        return EventCount.count(CodedInputStream.newInstance(response.toByteArray()));
    }
}
