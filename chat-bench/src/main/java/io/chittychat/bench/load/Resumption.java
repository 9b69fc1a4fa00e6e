package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A participant resumes, and reads until it has caught up. */
public final class Resumption extends ClientCall.Listener<EventCount> {

    private static final MethodDescriptor<BroadcastRequest, EventCount> BROADCAST =
            ChatServiceGrpc.getBroadcastMethod().toBuilder(
                            ChatServiceGrpc.getBroadcastMethod().getRequestMarshaller(), EventCount.MARSHALLER)
                    .build();

    /** Responses that may be under way; the window of bytes also limits them. */
    private static final int AHEAD = 1024;

    private final ClientCall<BroadcastRequest, EventCount> call;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long events; // used by the connection's thread

    private Resumption(ClientCall<BroadcastRequest, EventCount> call) {
        this.call = call;
    }

    /** Reads all events after a Lamport time; returns their number. */
    public static long run(LoadParticipant participant, long after, Duration bound) {
        Resumption resumption = new Resumption(participant.channel().newCall(BROADCAST, SharedConnections.OPTIONS));
        return resumption.read(participant.token(), after, bound);
    }

    private long read(String token, long after, Duration bound) {
        call.start(this, new Metadata());
        call.request(AHEAD);
        call.sendMessage(BroadcastRequest.newBuilder()
                .setSessionToken(token)
                .setAfterLamportTime(after)
                .build());
        call.halfClose();
        try {
            return done.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            throw new BenchException("resuming failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new BenchException("the participant has not caught up within " + bound, e);
        } finally {
            call.cancel("it has caught up", null);
        }
    }

    @Override
    public void onMessage(EventCount count) {
        events += count.events();
        if (count.caughtUp()) {
            done.complete(events);
        } else {
            call.request(1);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        done.completeExceptionally(status.asRuntimeException(trailers));
    }
}
