package io.chittychat.server.timeline;

import com.google.protobuf.CodedInputStream;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Some consecutive events as they stand in the timeline: valid bytes of a {@link BroadcastResponse}. The bytes are
 * shared by all readers and never change.
 *
 * @param bytes holds the events from {@code offset} on, {@code length} bytes
 * @param lastLamportTime time of the last event
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Slice(byte[] bytes, int offset, int length, long lastLamportTime) {

    /** The events, decoded. */
    public List<Event> events() {
        try {
            return BroadcastResponse.parseFrom(CodedInputStream.newInstance(bytes, offset, length))
                    .getEventsList();
        } catch (IOException e) {
            throw new UncheckedIOException("the timeline holds what is no event", e);
        }
    }
}
