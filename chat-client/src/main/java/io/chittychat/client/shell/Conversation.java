package io.chittychat.client.shell;

import io.chittychat.session.ChatException;
import io.chittychat.session.ChatSession;
import io.chittychat.v1.Participant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A session as a shell wants it: one thing after the other. What a command caused has been shown when the command
 * returns, if the service sends it in time.
 *
 * <p>Threading: commands run on the shell's thread; {@link #close} may be called by any.
 */
public final class Conversation implements AutoCloseable {

    private final ChatSession session;
    private final Duration patience;
    private final Duration farewell;
    private final Presence presence;

    /**
     * A conversation over a session, which is closed with it.
     *
     * @param patience how long to wait for one's own event to come back
     * @param farewell how long to wait for the service when leaving at the end
     */
    public Conversation(ChatSession session, Presence presence, Duration patience, Duration farewell) {
        this.session = session;
        this.presence = presence;
        this.patience = patience;
        this.farewell = farewell;
    }

    /** Joins, and waits for the own joined event. */
    public void join(String requestedName) {
        var joined = await(session.join(requestedName));
        presence.joinedAs(joined.name());
        awaitEvent(joined.lamportTime());
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
    public long clock() {
        return session.clock();
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
        } catch (ExecutionException | TimeoutException e) {
            // It is in the chat; what became of the connection is reported by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the service", e);
        }
    }
}
