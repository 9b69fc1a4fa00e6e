package io.chittychat.server.rpc;

import static io.chittychat.server.Interleavings.inParallel;
import static io.chittychat.server.Interleavings.require;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.ExploresInterleavings;
import io.chittychat.server.Interleavings;
import io.chittychat.server.access.Admission;
import io.chittychat.server.chat.CatchingUp;
import io.chittychat.server.chat.Gate;
import io.chittychat.server.chat.Publishing;
import io.chittychat.server.chat.SessionLeases;
import io.chittychat.server.chat.SessionTokens;
import io.chittychat.server.chat.Validation;
import io.chittychat.server.log.OpenLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.rate.RateLimiter;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.ManualThread;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Interleavings of the room thread, which answers, the call's thread, which delivers messages, the end or a
 * cancellation, and a thread on which the publisher becomes ready. In each, every message gets one reply, in order, the
 * stream ends once, one message is requested for each reply, and the session is released.
 */
@ExploresInterleavings
class PublishStreamInterleavingTest {

    private static final SessionId SESSION = SessionTokens.sessionId(""); // of messages without a token
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final PublishRequest FIRST = message(1);
    private static final PublishRequest SECOND = message(2);
    private static final PublishRequest THIRD = message(3);
    private static final Result.Published PUBLISHED = new Result.Published("alice", 7, false);

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ServiceLog.NAME);
    private final ServiceLog serviceLog = new ServiceLog(new CallMeters(new CompositeMeterRegistry()), false);
    private @Nullable Level level;

    /** Logging would add to the interleavings to explore. */
    @BeforeEach
    void silence() {
        level = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        LOGGER.setLevel(level);
    }

    @Test
    void everyMessageIsAnsweredInOrderBeforeTheStreamEnds() {
        Interleavings.explore(() -> {
            Talk talk = new Talk();
            talk.say(FIRST);
            talk.say(SECOND);
            inParallel(
                    () -> {
                        talk.log.tellOldest();
                        talk.log.tellOldest();
                    },
                    () -> {
                        talk.say(THIRD);
                        talk.stream.onCompleted();
                    },
                    talk.replies::becomeReady);
            talk.log.tellOldest();
            require(talk.replies.sequences.equals(List.of(1L, 2L, 3L)), "replies are missing or out of order");
            require(talk.replies.ends == 1 && talk.ended.get() == 1, "the stream does not end exactly once");
            talk.requireExpiryAfterSilence();
        });
    }

    @Test
    void oneMessageIsRequestedForEachReplyToAReadingPublisher() {
        Interleavings.explore(() -> {
            Talk talk = new Talk();
            talk.say(FIRST);
            talk.say(SECOND);
            inParallel(
                    () -> {
                        talk.log.tellOldest();
                        talk.log.tellOldest();
                    },
                    talk.replies::becomeReady);
            require(talk.replies.requested == 2, "not one message is requested for each reply");
            require(talk.replies.ends == 0, "the stream has ended");
        });
    }

    @Test
    void cancelledStreamReleasesItsSession() {
        Interleavings.explore(() -> {
            Talk talk = new Talk();
            talk.say(FIRST);
            inParallel(
                    talk.log::tellOldest,
                    () -> {
                        talk.say(SECOND);
                        talk.stream.onError(new IllegalStateException("cancelled"));
                    },
                    talk.replies::cancel);
            talk.log.tellOldest();
            require(talk.ended.get() == 1, "the stream does not end exactly once");
            talk.requireExpiryAfterSilence();
        });
    }

    private static PublishRequest message(long sequence) {
        return PublishRequest.newBuilder().setText("hi").setSequence(sequence).build();
    }

    /** A stream that has just been opened. */
    private final class Talk {

        private final ManualThread timer = new ManualThread();
        private final Submissions log = new Submissions();
        private final SessionLeases leases = new SessionLeases(log, timer, timer::nanoTime, WINDOW, serviceLog);
        private final Replies replies = new Replies();
        private final AtomicInteger ended = new AtomicInteger();
        private final PublishStream stream;

        Talk() {
            ParticipantRegistry participants = new ParticipantRegistry();
            // Without a Rate: on JDK 17 an instrumented class loses the names of parameters, by which Spring Boot binds
            // it.
            Gate gate = new Gate(
                    Admission.OPEN,
                    participants,
                    new Gate.Rates(RateLimiter.unlimited(), RateLimiter.unlimited(), RateLimiter.unlimited()));
            leases.open(SESSION, SESSION);
            Validation validation = new Validation(new LamportClock());
            CatchingUp catchingUp = new CatchingUp(log, validation, (caller, refuse, work, over) -> work.run());
            stream = new PublishStream(
                    replies,
                    new Publishing(log, participants, leases, gate, validation, catchingUp, serviceLog),
                    serviceLog,
                    Runnable::run,
                    over -> ended.incrementAndGet());
        }

        void say(PublishRequest message) {
            stream.onNext(message);
        }

        void requireExpiryAfterSilence() {
            for (int i = 0; i < 3; i++) {
                timer.pass(WINDOW.toNanos());
                timer.runAll(0);
            }
            require(log.expiries == 1, "the session of an ended stream does not expire");
        }
    }

    /** Keeps the replies, which the test delivers one by one. */
    private static final class Submissions implements OpenLog {

        private final List<Reply<Result.Published>> waiting = new ArrayList<>(); // guarded by this
        private int expiries;

        @Override
        @SuppressWarnings("unchecked")
        public synchronized <R extends Result> void submit(Command<R> command, Reply<R> reply) {
            if (command instanceof Command.Publish) {
                waiting.add((Reply<Result.Published>) reply);
            } else {
                expiries++;
            }
        }

        void tellOldest() {
            Reply<Result.Published> reply;
            synchronized (this) {
                reply = waiting.remove(0);
            }
            reply.accepted(PUBLISHED);
        }
    }

    /** Notes the replies. Guarded by itself, as gRPC's transport is. */
    private static final class Replies extends ServerCallStreamObserver<PublishResponse> {

        private final List<Long> sequences = new ArrayList<>();
        private volatile boolean ready;
        private volatile int requested;
        private volatile int ends;
        private @Nullable Runnable onReady;
        private @Nullable Runnable onCancel;

        /** Becomes ready first and then calls the handler, as gRPC does. */
        void becomeReady() {
            ready = true;
            if (onReady != null) {
                onReady.run();
            }
        }

        void cancel() {
            if (onCancel != null) {
                onCancel.run();
            }
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public synchronized void onNext(PublishResponse response) {
            require(ends == 0, "a reply after the end");
            sequences.add(response.getSequence());
        }

        @Override
        public synchronized void onError(Throwable error) {
            ends++;
        }

        @Override
        public synchronized void onCompleted() {
            ends++;
        }

        @Override
        public synchronized void request(int count) {
            requested += count;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
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
