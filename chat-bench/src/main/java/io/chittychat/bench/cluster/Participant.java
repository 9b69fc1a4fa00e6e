package io.chittychat.bench.cluster;

import io.chittychat.bench.BenchException;
import io.chittychat.session.ChatException;
import io.chittychat.session.ChatListener;
import io.chittychat.session.ChatSession;
import io.chittychat.session.ServiceAddresses;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A session with several addresses, which goes on to another one by itself.
 *
 * <p>Threading: one thread. Errors: {@link BenchException}.
 */
record Participant(String name, ChatSession session, ManagedChannel channel) implements AutoCloseable {

    private static final long REPLY_SECONDS = 30;

    /**
     * Joins.
     *
     * @param addresses with commas between them; the session tries them in this order
     */
    static Participant join(String addresses, String name, ChatListener listener) {
        ServiceAddresses inOrder = ServiceAddresses.inOrder(addresses);
        ManagedChannel channel =
                inOrder.channel(InsecureChannelCredentials.create()).build();
        Participant participant = new Participant(
                name, ChatSession.builder(channel, inOrder).listener(listener).build(), channel);
        try {
            await(participant.session.join(name), name + " cannot join");
            return participant;
        } catch (BenchException e) {
            participant.end();
            throw e;
        }
    }

    private static <T> void await(CompletableFuture<T> reply, String otherwise) {
        try {
            T unused = reply.get(REPLY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            String why =
                    e.getCause() instanceof ChatException known ? known.getMessage() : String.valueOf(e.getCause());
            throw new BenchException(otherwise + ": " + why, e);
        } catch (TimeoutException e) {
            throw new BenchException(otherwise + ": no reply within " + REPLY_SECONDS + " s", e);
        }
    }

    private void end() {
        session.close();
        channel.shutdownNow();
    }

    /** Leaves. */
    @Override
    public void close() {
        try {
            await(session.leave(), name + " cannot leave");
        } finally {
            end();
        }
    }
}
