package io.chittychat.client.shell;

import io.chittychat.client.render.Standing.Link;
import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException;
import io.chittychat.session.ChatSession;
import io.chittychat.session.ClockReading;
import io.chittychat.session.Joined;
import io.chittychat.v1.Event;
import io.chittychat.v1.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A session with blocking calls. When a call returns, its event has been shown, if the service sent it in time.
 * Interrupting a thread that waits ends the waiting, and not the call.
 *
 * <p>Threading: the shell's thread makes the calls; any thread may {@link #close}.
 */
public final class BlockingSession implements AutoCloseable {

    private static final int MAX_PAGE = 1000;

    private final ChatSession session;
    private final Duration patience;
    private final Duration farewell;
    private final Situation situation;

    /**
     * Wraps a session, and closes it at the end.
     *
     * @param patience how long to wait for the participant's own event
     * @param farewell how long to wait for the leave at the end
     */
    public BlockingSession(ChatSession session, Situation situation, Duration patience, Duration farewell) {
        this.session = session;
        this.situation = situation;
        this.patience = patience;
        this.farewell = farewell;
        situation.follow(session::clock, session::address);
    }

    /** Joins, and waits for the participant's own joined event. */
    public Joined join(String requestedName) {
        if (!situation.isInChat()) {
            situation.linkIs(Link.JOINING);
        }
        try {
            Joined joined = await(session.join(requestedName));
            situation.joinedAs(joined.name());
            awaitEvent(joined.lamportTime());
            return joined;
        } finally {
            if (!situation.isInChat()) {
                situation.linkIs(Link.OUTSIDE);
            }
        }
    }

    /** Publishes, and waits for the event. */
    public void say(String text) {
        awaitEvent(await(session.publish(text)).lamportTime());
    }

    /** Leaves the chat. */
    public void leave() {
        await(session.leave());
    }

    /** The participants, in the order in which they joined. */
    public List<Participant> who() {
        return await(session.participants());
    }

    /** The participant's own clock. */
    public ClockReading clock() {
        return session.clockReading();
    }

    /** Messages that have all words of a query, the newest first. */
    public List<Event> search(String query, int max) {
        return await(session.search(query, max));
    }

    /** The newest events, in order. Reads further and further back in the log until there are enough. */
    public List<Event> newest(int count) {
        long span = 2L * count;
        while (true) {
            long after = Math.max(0, session.clock() - span);
            List<Event> found = after(after, Long.MAX_VALUE);
            if (found.size() >= count || after == 0) {
                return found.subList(Math.max(0, found.size() - count), found.size());
            }
            span *= 4;
        }
    }

    /** The events between two Lamport times, both exclusive, in order. Events that retention has removed are missing. */
    public List<Event> after(long after, long before) {
        List<Event> found = new ArrayList<>();
        long cursor = after;
        while (true) {
            List<Event> page = page(cursor);
            page.stream()
                    .filter(event -> event.getLamportTime() > after && event.getLamportTime() < before)
                    .forEach(found::add);
            if (page.size() < MAX_PAGE || page.get(page.size() - 1).getLamportTime() >= before) {
                return found;
            }
            cursor = page.get(page.size() - 1).getLamportTime();
        }
    }

    private List<Event> page(long cursor) {
        try {
            return await(session.events(cursor, MAX_PAGE)).events();
        } catch (ChatException e) {
            if (cursor == 0 || !e.reason().equals(Optional.of(ErrorReason.RESUME_POINT_GONE))) {
                throw e;
            }
            return await(session.events(0, MAX_PAGE)).events(); // from the oldest event that is kept
        }
    }

    /** Waits until the session ends. */
    public void awaitEnd() throws InterruptedException {
        try {
            session.receivedUpTo(Long.MAX_VALUE).get(); // never reached; it fails when the session ends
        } catch (ExecutionException e) {
            // The session has ended.
        }
    }

    /** Leaves if the participant is in the chat, waits at most the farewell for that, and closes the session. */
    @Override
    public void close() {
        CompletableFuture<Void> left = session.leave();
        try {
            left.get(farewell.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Not joined, or no answer: the session will expire.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private void awaitEvent(long lamportTime) {
        try {
            session.receivedUpTo(lamportTime).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            // The call has succeeded; the listener reports a lost connection.
        }
    }

    /** Waits for an answer; the session's deadlines bound the wait. */
    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted; the request may still succeed", e);
        }
    }
}
