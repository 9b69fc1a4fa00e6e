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
 * A session as a shell wants it: one thing after the other. What a command caused has been shown when the command
 * returns, if the service sends it in time. A thread that waits may be interrupted, which ends the waiting only.
 *
 * <p>Threading: commands run on the shell's thread; {@link #close} may be called by any.
 */
public final class Conversation implements AutoCloseable {

    private static final int MAX_PAGE = 1000;

    private final ChatSession session;
    private final Duration patience;
    private final Duration farewell;
    private final Situation situation;

    /**
     * A conversation over a session, which is closed with it.
     *
     * @param patience how long to wait for one's own event to come back
     * @param farewell how long to wait for the service when leaving at the end
     */
    public Conversation(ChatSession session, Situation situation, Duration patience, Duration farewell) {
        this.session = session;
        this.situation = situation;
        this.patience = patience;
        this.farewell = farewell;
        situation.follow(session::clock);
    }

    /** Joins, and waits for the own joined event. */
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

    /** Publishes, and waits for the own event. */
    public void say(String text) {
        awaitEvent(await(session.publish(text)).lamportTime());
    }

    /** Leaves the chat. */
    public void leave() {
        await(session.leave());
    }

    /** Who is present. */
    public List<Participant> who() {
        return await(session.participants());
    }

    /** The participant's own Lamport time. */
    public ClockReading clock() {
        return session.clockReading();
    }

    /** Messages by their words, the newest first. */
    public List<Event> search(String query, int max) {
        return await(session.search(query, max));
    }

    /** The newest events, in order: the log is looked at further and further back until there are enough. */
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

    /** Events between two Lamport times, both exclusive, in order; of a log that does not reach back so far, what is kept. */
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
            return await(session.events(0, MAX_PAGE)).events(); // from the oldest that is kept
        }
    }

    /** Waits until one is not in the chat any more. */
    public void awaitEnd() throws InterruptedException {
        try {
            session.receivedUpTo(Long.MAX_VALUE).get(); // nothing ever is; it fails when the session ends
        } catch (ExecutionException e) {
            // That is the end.
        }
    }

    /** Leaves if need be, waiting no longer than politeness asks for, and closes the session. */
    @Override
    public void close() {
        CompletableFuture<Void> left = session.leave();
        try {
            left.get(farewell.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Not joined, or the service does not answer: it notices by itself.
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
            // It is in the chat; what became of the connection is reported by itself.
        }
    }

    /** Waits for an answer, which the session bounds. */
    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("no longer waiting for the answer; it may still come", e);
        }
    }
}
