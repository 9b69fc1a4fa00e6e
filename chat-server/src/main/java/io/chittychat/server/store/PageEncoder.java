package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Encodes events as pages. The events are a JSON array, which SQLite's own program and its functions can read; so that
 * the view conversation need not undo more escapes than necessary, only those that JSON demands are written.
 *
 * <p>Threading: one thread at a time.
 */
final class PageEncoder {

    private static final int FULL = 32 * 1024; // bytes of JSON
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FULL);
    private final ByteBuffer digests = ByteBuffer.allocate(PageRow.EVENTS * 2 * Digest.BYTES);
    private @Nullable JsonGenerator json; // of the page that is being encoded
    private long through;

    /** Adds an event to the page. */
    void add(StoredEvent stored, Digest digest) {
        Event event = stored.event();
        Event.Header header = event.header();
        JsonGenerator out = begin(header.lamportTime());
        out.writeNumber(header.previousLamportTime());
        out.writeNumber(Columns.micros(header.recordedAt()));
        out.writeString(Columns.type(event));
        out.writeString(header.participant());
        out.writeString(event.text());
        out.writeNumber(header.participantLamportTime());
        out.writeNumber(stored.sequence());
        if (stored.join().isPresent()) {
            StoredEvent.Join join = stored.join().get();
            out.writeString(join.nameKey());
            writeHex(join.key().map(JoinKey::request).map(Columns::bytes));
            writeHex(join.key().map(JoinKey::salt).map(Columns::bytes));
        }
        end(header.session(), digest);
    }

    /** Begins an event; {@link #end(SessionId, Digest)} ends it. What is written to the result comes in between. */
    JsonGenerator begin(long lamportTime) {
        JsonGenerator out = json;
        if (out == null) {
            out = JSON.createGenerator(ObjectWriteContext.empty(), bytes);
            out.writeStartArray();
            json = out;
        }
        out.writeStartArray();
        out.writeNumber(lamportTime);
        through = lamportTime;
        return out;
    }

    /** Writes hexadecimal digits as the next value of an event. */
    void writeHex(Optional<byte[]> value) {
        Objects.requireNonNull(json).writeString(value.map(hex()::formatHex).orElse(null));
    }

    void end(SessionId session, Digest digest) {
        Objects.requireNonNull(json).writeEndArray();
        digests.putLong(session.high()).putLong(session.low());
        digests.putLong(digest.high()).putLong(digest.low());
    }

    static HexFormat hex() {
        return HexFormat.of();
    }

    boolean isEmpty() {
        return json == null;
    }

    /** Whether the page should be ended before another event is added. */
    boolean isFull() {
        return !digests.hasRemaining() || (json != null && bytes.size() + json.streamWriteOutputBuffered() >= FULL);
    }

    /** Ends the page, and begins another one. */
    PageRow end() {
        if (json != null) {
            json.close(); // which ends the array
        }
        PageRow page = new PageRow(through, Arrays.copyOf(digests.array(), digests.position()), bytes.toByteArray());
        clear();
        return page;
    }

    /** Begins another page. */
    void clear() {
        json = null;
        bytes.reset();
        digests.clear();
    }
}
