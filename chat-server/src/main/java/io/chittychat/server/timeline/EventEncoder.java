package io.chittychat.server.timeline;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import io.chittychat.server.room.Event;
import io.chittychat.v1.BroadcastResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Encodes an event of the room as an element of a {@link BroadcastResponse}: the bytes that {@link WireEvents} and the
 * generated code would make, without the objects. It holds one event at a time.
 *
 * <p>Threading: one thread.
 */
final class EventEncoder {

    private static final int MOST_OF_OTHERS = 128; // bytes; all fields but the two strings, and their lengths
    private static final int MOST_OF_CHAR = 3; // bytes of UTF-8 that a char takes

    private byte[] bytes = new byte[1024];
    private int length;

    /** Encodes an event. Returns the number of bytes that {@link #writeTo} writes. */
    int encode(Event event) {
        Event.Header header = event.header();
        String text = event.text();
        int most = MOST_OF_OTHERS + MOST_OF_CHAR * (header.participant().length() + text.length());
        if (bytes.length < most) {
            bytes = new byte[most];
        }
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            write(event, header, text, out);
        } catch (IOException e) {
            throw new UncheckedIOException("an event takes more bytes than its chars", e);
        }
        length = out.getTotalBytesWritten();
        return CodedOutputStream.computeTagSize(BroadcastResponse.EVENTS_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(length)
                + length;
    }

    private static void write(Event event, Event.Header header, String text, CodedOutputStream out) throws IOException {
        put(out, io.chittychat.v1.Event.LAMPORT_TIME_FIELD_NUMBER, header.lamportTime());
        out.writeEnum(
                io.chittychat.v1.Event.TYPE_FIELD_NUMBER, WireEvents.type(event).getNumber());
        put(out, io.chittychat.v1.Event.PARTICIPANT_FIELD_NUMBER, header.participant());
        put(out, io.chittychat.v1.Event.TEXT_FIELD_NUMBER, text);
        put(out, io.chittychat.v1.Event.PARTICIPANT_LAMPORT_TIME_FIELD_NUMBER, header.participantLamportTime());
        if (event instanceof Event.Published published) {
            put(out, io.chittychat.v1.Event.SEQUENCE_FIELD_NUMBER, published.sequence());
        }
        put(out, header.recordedAt());
        put(out, io.chittychat.v1.Event.PREVIOUS_LAMPORT_TIME_FIELD_NUMBER, header.previousLamportTime());
    }

    /** Fields with the default value are left out, as in proto3. */
    private static void put(CodedOutputStream out, int field, long value) throws IOException {
        if (value != 0) {
            out.writeUInt64(field, value);
        }
    }

    private static void put(CodedOutputStream out, int field, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeString(field, value);
        }
    }

    private static void put(CodedOutputStream out, Instant time) throws IOException {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        int size = (seconds == 0 ? 0 : CodedOutputStream.computeInt64Size(Timestamp.SECONDS_FIELD_NUMBER, seconds))
                + (nanos == 0 ? 0 : CodedOutputStream.computeInt32Size(Timestamp.NANOS_FIELD_NUMBER, nanos));
        out.writeTag(io.chittychat.v1.Event.RECORDED_AT_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
        if (seconds != 0) {
            out.writeInt64(Timestamp.SECONDS_FIELD_NUMBER, seconds);
        }
        if (nanos != 0) {
            out.writeInt32(Timestamp.NANOS_FIELD_NUMBER, nanos);
        }
    }

    /** Writes the event that was encoded last. */
    void writeTo(byte[] target, int offset) {
        CodedOutputStream out = CodedOutputStream.newInstance(target, offset, target.length - offset);
        try {
            out.writeTag(BroadcastResponse.EVENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the target has too little room for the event", e);
        }
    }
}
