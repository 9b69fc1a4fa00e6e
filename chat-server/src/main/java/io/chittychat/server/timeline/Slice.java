package io.chittychat.server.timeline;

import com.google.protobuf.CodedInputStream;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive events, encoded as a {@link BroadcastResponse}. Readers share the bytes. A slice of
 * the timeline is good until {@link Reader#send} returns: the memory is used again for later events. Copies stay good.
 *
 * @param bytes contains the encoded events, {@code length} bytes from {@code offset} on
 * @param lastLamportTime the Lamport time of the last event
 */
@SuppressWarnings("ArrayRecordComponent") // slices are never compared
public record Slice(byte[] bytes, int offset, int length, long lastLamportTime) {

    /** The same events in memory of their own. */
    public Slice copy() {
        return new Slice(Arrays.copyOfRange(bytes, offset, offset + length), 0, length, lastLamportTime);
    }

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
