package io.chittychat.server.rpc;

import io.chittychat.server.access.Admission;
import io.chittychat.server.chat.CatchingUp;
import io.chittychat.server.chat.Gate;
import io.chittychat.server.chat.Publishing;
import io.chittychat.server.chat.SessionLeases;
import io.chittychat.server.chat.SessionTokens;
import io.chittychat.server.chat.Validation;
import io.chittychat.server.chat.Workers;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.rate.RateLimiter;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.ManualThread;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What benchmarks of a publish share: a participant, and what is around the service's own code. */
final class PublishFixture {

    static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";
    static final SessionId SESSION = SessionTokens.sessionId(TOKEN);

    private static final String TEXT = "What a participant says has sixty-four bytes, as in this example";
    private static final Duration WINDOW = Duration.ofHours(1);

    private static final Workers.Worker NO_WORKER = (caller, refuse, work, ended) -> {
        throw new IllegalStateException("publishing needs no worker");
    };

    private PublishFixture() {}

    /** A message of a stream, which may be repeated. */
    static PublishRequest request(long sequence) {
        return PublishRequest.newBuilder()
                .setText(TEXT)
                .setLamportTime(sequence)
                .setSequence(sequence)
                .build();
    }

    /** The part of the service that publishes messages, without limits, with a lease for the participant. */
    static Publishing publishing(
            CommandLog log, ParticipantRegistry participants, LamportClock clock, ServiceLog serviceLog) {
        Gate gate = new Gate(
                Admission.OPEN,
                participants,
                new Gate.Rates(RateLimiter.unlimited(), RateLimiter.unlimited(), RateLimiter.unlimited()));
        SessionLeases leases = new SessionLeases(log, new ManualThread(), System::nanoTime, WINDOW, serviceLog);
        leases.open(SESSION, SESSION);
        Validation validation = new Validation(clock);
        CatchingUp catchingUp = new CatchingUp(log, validation, NO_WORKER);
        return new Publishing(log, participants, leases, gate, validation, catchingUp, serviceLog);
    }

    /** A request as the transport hands it over. */
    static final class Received extends ByteArrayInputStream implements KnownLength {

        Received(byte[] message) {
            super(message);
        }
    }

    /** Encodes replies as gRPC does, and drops them. Threading: the call's thread. */
    static final class Replies extends ServerCallStreamObserver<PublishResponse> {

        private final Marshaller<PublishResponse> marshaller =
                ChatServiceGrpc.getPublishStreamMethod().getResponseMarshaller();
        private long count;
        private long lamportTime;

        /** How many messages were accepted. */
        long count() {
            return count;
        }

        /** The Lamport time of the newest reply. */
        long lamportTime() {
            return lamportTime;
        }

        @Override
        public void onNext(PublishResponse reply) {
            if (reply.hasError()) {
                throw new IllegalStateException(reply.getError().getMessage());
            }
            lamportTime = reply.getLamportTime();
            send(marshaller.stream(reply));
            count++;
        }

        /** Drops a message as gRPC would write it. */
        static void send(InputStream message) {
            try (message) {
                if (message.available() == 0 || ((Drainable) message).drainTo(OutputStream.nullOutputStream()) == 0) {
                    throw new IllegalStateException("a message without bytes");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onError(Throwable error) {
            throw new IllegalStateException(error);
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void request(int count) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void disableAutoRequest() {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }
}
