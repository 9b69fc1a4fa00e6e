package io.chittychat.server.timeline;

import com.google.protobuf.CodedInputStream;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Consecutive events, encoded as a {@link BroadcastResponse}. All readers share the bytes, which never change.
 *
 * @param bytes contains the encoded events, {@code length} bytes from {@code offset} on
 * @param lastLamportTime the Lamport time of the last event
 */
@SuppressWarnings("ArrayRecordComponent") // slices are never compared
public record Slice(byte[] bytes, int offset, int length, long lastLamportTime) {

    /** Decodes the events. */
    public List<Event> events() {
        try {
            return BroadcastResponse.parseFrom(CodedInputStream.newInstance(bytes, offset, length))
                    .getEventsList();
        } catch (IOException e) {
            throw new UncheckedIOException("a slice does not contain valid events", e);
        }
    }
}
