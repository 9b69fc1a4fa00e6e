package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the events of a page, one after the other. What cannot be read is damage, which is named by its event as well as
 * it can be.
 *
 * <p>Threading: one thread.
 */
final class PageEvents implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final PageRow page;
    private final JsonParser json;
    private int index = -1; // of the event that was read last
    private long before; // Lamport time of the event before it
    private long lamportTime;
    private boolean inEvent;
    private boolean isBegun; // whether these were read:
    private long previous; // Lamport time
    private long recordedAt; // microseconds since 1970
    private String type = "";
    private boolean ended;

    PageEvents(PageRow page) {
        this.page = page;
        this.json = JSON.createParser(ObjectReadContext.empty(), page.events());
    }

    /**
     * Moves to the next event.
     *
     * @return false if there is none
     * @throws DamageException if the next event cannot be found, or if the page does not end as it should; there is no
     *     next event then
     */
    boolean next() throws DamageException {
        if (ended) {
            return false;
        }
        try {
            skip();
            if (index < 0) {
                require(JsonToken.START_ARRAY);
            }
            if (json.nextToken() != JsonToken.END_ARRAY) {
                begin();
                return true;
            }
            require(null); // nothing comes after the array
        } catch (RuntimeException e) {
            ended = true;
            throw unreadable(e);
        }
        ended = true;
        checkEnd();
        return false;
    }

    private void begin() {
        is(json.currentToken(), JsonToken.START_ARRAY);
        long time = number();
        before = lamportTime;
        lamportTime = time;
        index++;
        inEvent = true;
        isBegun = false;
    }

    /** Skips the rest of an event. */
    private void skip() {
        while (inEvent) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new IllegalArgumentException("the page ends in an event");
            }
            inEvent = token != JsonToken.END_ARRAY;
            json.skipChildren();
        }
    }

    private void checkEnd() throws DamageException {
        if (lamportTime < page.through()) {
            throw DamageException.ofEvent(page.through(), "is missing");
        }
        if (lamportTime > page.through() || index + 1 != page.count()) {
            throw DamageException.ofEvent(page.through(), "is not the end of its page");
        }
    }

    /** Returns the event's place in the page, from 0 on; -1 before the first. */
    int index() {
        return index;
    }

    /** Returns the Lamport time of the event. */
    long lamportTime() {
        return lamportTime;
    }

    /** Returns the id of the event's session. */
    SessionId session() throws DamageException {
        if (index >= page.count()) {
            throw DamageException.ofEvent(lamportTime, "has no digest");
        }
        return page.session(index);
    }

    /** Reads the rest of the event; call it once. */
    StoredEvent event() throws DamageException {
        SessionId session = session();
        readBegin();
        try {
            String participant = string();
            String text = string();
            Event.Header header = new Event.Header(
                    lamportTime, previous, number(), Columns.instant(recordedAt), session, participant);
            StoredEvent event = event(header, text, number());
            require(JsonToken.END_ARRAY);
            inEvent = false;
            return event;
        } catch (RuntimeException e) {
            throw unreadableEvent(e);
        }
    }

    /** Reads when the event was recorded, in microseconds since 1970. */
    long recordedAt() throws DamageException {
        readBegin();
        return recordedAt;
    }

    /** Whether the event is a published one. */
    boolean isPublished() throws DamageException {
        readBegin();
        return type.equals(Columns.PUBLISHED);
    }

    /** Reads the sequence of a published event, without what was said; call it instead of {@link #event}. */
    long sequence() throws DamageException {
        try {
            require(JsonToken.VALUE_STRING); // participant
            require(JsonToken.VALUE_STRING); // text
            require(JsonToken.VALUE_NUMBER_INT); // Lamport time of the participant
            return number();
        } catch (RuntimeException e) {
            throw unreadableEvent(e);
        }
    }

    private void readBegin() throws DamageException {
        if (isBegun) {
            return;
        }
        try {
            previous = number();
            recordedAt = number();
            type = string();
            isBegun = true;
        } catch (RuntimeException e) {
            throw unreadableEvent(e);
        }
    }

    private DamageException unreadableEvent(RuntimeException e) {
        return DamageException.ofEvent(lamportTime, "cannot be read: " + reason(e));
    }

    private StoredEvent event(Event.Header header, String text, long sequence) throws DamageException {
        if (type.equals(Columns.PUBLISHED)) {
            return StoredEvent.of(new Event.Published(header, text, sequence));
        }
        StoredEvent event = type.equals(Columns.JOINED)
                ? new StoredEvent(new Event.Joined(header), Optional.of(join()))
                : StoredEvent.of(new Event.Left(header));
        if (!type.equals(Columns.type(event.event()))
                || !text.equals(event.event().text())) {
            throw DamageException.ofEvent(lamportTime, "has another type or text");
        }
        return event;
    }

    private StoredEvent.Join join() {
        return new StoredEvent.Join(string(), Columns.key(bytes(), bytes()));
    }

    /** Returns the digest that was recorded with the event; zeros if there is none. */
    Digest digest() {
        return index < page.count() ? page.digest(index) : Digest.NONE;
    }

    /** Returns the position in the chain before an event that was read last. */
    Chain chain(Connection connection, LogRow log, StoredEvent event) throws SQLException {
        return index > 0
                ? new Chain(before, page.digest(index - 1))
                : Chain.after(connection, log, event.event().header().previousLamportTime());
    }

    private long number() {
        require(JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private String string() {
        require(JsonToken.VALUE_STRING);
        return json.getString();
    }

    private byte @Nullable [] bytes() {
        if (json.nextToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        is(json.currentToken(), JsonToken.VALUE_STRING);
        byte[] bytes = PageEncoder.hex().parseHex(json.getString());
        if (bytes.length != Digest.BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes instead of " + Digest.BYTES);
        }
        return bytes;
    }

    private void require(@Nullable JsonToken expected) {
        is(json.nextToken(), expected);
    }

    private static void is(@Nullable JsonToken token, @Nullable JsonToken expected) {
        if (token != expected) {
            throw new IllegalArgumentException(token + " instead of " + expected);
        }
    }

    private DamageException unreadable(RuntimeException cause) {
        String problem = "cannot be read: " + reason(cause);
        if (index + 2 >= page.count()) {
            return DamageException.ofEvent(page.through(), problem);
        }
        return new DamageException((index < 0
                        ? "the page that ends with event " + page.through()
                        : "what follows event " + lamportTime + ", up to event " + page.through() + ",")
                + " " + problem);
    }

    private static String reason(RuntimeException e) {
        return e instanceof JacksonException json
                ? "it is not JSON at byte " + json.getLocation().getByteOffset()
                : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        json.close();
    }
}
