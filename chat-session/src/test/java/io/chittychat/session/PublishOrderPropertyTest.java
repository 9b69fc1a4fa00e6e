package io.chittychat.session;

import static io.chittychat.session.FakeChatService.error;
import static io.chittychat.session.FakeChatService.errorForNow;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.property.Draw;
import io.chittychat.property.Property;
import io.chittychat.session.FakeChatService.Fault;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.PublishRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever happens to requests and replies: what one sender was told is said is said once, in the order of typing. */
class PublishOrderPropertyTest {

    /** What becomes of an attempt to publish. */
    enum Fate {
        REQUEST_LOST,
        REPLY_LOST,
        /** The request arrives after a later one. */
        REQUEST_LATE,
        RATE_LIMITED,
        UNAVAILABLE,
        UNAVAILABLE_AFTER_ALL,
        /** The service loses what it knew of the session's publishes before. */
        PREDECESSORS_LOST,
        SESSION_EXPIRED,
        /** So does the session after it, before it is read. */
        NEXT_SESSION_EXPIRED
    }

    /** What becomes of a message after the faults of its first attempts. */
    enum End {
        TAKEN,
        INVALID,
        FORGOTTEN
    }

    record Message(List<Fate> attempts, End end) {}

    record Case(boolean olderService, List<Message> messages) {}

    private static Case draw(Draw draw) {
        return new Case(draw.below(5) == 0, draw.list(1, 8, each -> {
            End end = each.oneOf(End.TAKEN, End.TAKEN, End.TAKEN, End.TAKEN, End.INVALID, End.FORGOTTEN);
            return new Message(each.list(0, 4, attempt -> attempt.oneOf(Fate.values())), end);
        }));
    }

    @Test
    void whatIsAcknowledgedIsSaidOnceInTheOrderOfTyping() {
        Property.forAll(300, PublishOrderPropertyTest::draw, drawn -> {
            try (Run run = new Run(drawn)) {
                run.check();
            }
        });
    }

    /** A session, and a service with the faults of one case. */
    private static final class Run implements AutoCloseable {

        private final FakeChatService service = new FakeChatService();
        private final Case drawn;
        private final List<Deque<Fate>> fates; // of each message
        private final List<PublishRequest> late = new ArrayList<>();
        private final InProcess grpc;
        private final ChatSession session;
        private int seen;

        Run(Case drawn) throws Exception {
            this.drawn = drawn;
            this.fates = drawn.messages().stream()
                    .<Deque<Fate>>map(message -> new ArrayDeque<>(message.attempts()))
                    .toList();
            if (drawn.olderService()) {
                service.ignorePredecessors();
            }
            grpc = InProcess.start(service);
            session = ChatSession.builder(grpc.channel())
                    .settings(new SessionSettings(
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(20),
                            new Backoff(Duration.ofNanos(1000), Duration.ofNanos(1000)),
                            true))
                    .build();
        }

        private static String text(int message) {
            return "message " + message;
        }

        private static int number(PublishRequest request) {
            return Integer.parseInt(request.getText().substring("message ".length()));
        }

        void check() throws Exception {
            session.join("alice").get(20, TimeUnit.SECONDS);
            service.faults(this::fault);
            List<CompletableFuture<Published>> replies = IntStream.range(
                            0, drawn.messages().size())
                    .mapToObj(i -> session.publish(text(i)))
                    .toList();
            for (CompletableFuture<Published> reply : replies) {
                reply.handle((published, failure) -> published).get(20, TimeUnit.SECONDS);
            }
            checkLog(replies);
            checkPredecessors();
        }

        private void checkLog(List<CompletableFuture<Published>> replies) {
            List<Event> said = service.log().stream()
                    .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                    .toList();
            assertThat(said).extracting(Event::getText).doesNotHaveDuplicates().isSorted();
            for (int i = 0; i < replies.size(); i++) {
                String text = text(i);
                Optional<Event> event =
                        said.stream().filter(one -> one.getText().equals(text)).findAny();
                boolean failed = replies.get(i).isCompletedExceptionally();
                if (!failed) {
                    assertThat(event).as(text).isPresent();
                    assertThat(replies.get(i).join().lamportTime())
                            .as(text)
                            .isEqualTo(event.orElseThrow().getLamportTime());
                }
                if (drawn.messages().get(i).end() == End.TAKEN) {
                    assertThat(failed).as(text).isFalse();
                } else if (drawn.messages().get(i).end() == End.INVALID) {
                    assertThat(failed).as(text).isTrue();
                    assertThat(event).as(text).isEmpty();
                }
            }
        }

        /** Nobody names a publish that the service has never acknowledged in that session. */
        private void checkPredecessors() {
            for (PublishRequest request : service.publishes) {
                long previous = request.getPreviousSequence();
                assertThat(previous).isLessThan(request.getSequence());
                assertThat(previous == 0
                                || service.publishes.stream()
                                        .filter(other -> other.getSessionToken().equals(request.getSessionToken()))
                                        .filter(other -> other.getSequence() == previous)
                                        .anyMatch(other -> drawn.messages()
                                                        .get(number(other))
                                                        .end()
                                                != End.INVALID))
                        .as("%s", request)
                        .isTrue();
            }
        }

        /** The fault of a unary call. The service calls it under its lock. */
        private Optional<Fault> fault() {
            if (service.publishes.size() == seen) {
                return Optional.empty(); // a join
            }
            seen = service.publishes.size();
            PublishRequest request = service.publishes.get(seen - 1);
            Message message = drawn.messages().get(number(request));
            if (message.end() == End.INVALID) {
                return invalid(request);
            }
            Fate fate = fates.get(number(request)).poll();
            if (fate != null) {
                return fault(fate, request);
            }
            if (message.end() == End.FORGOTTEN) {
                late.clear();
                return Optional.of(new Fault(false, error(ErrorReason.SEQUENCE_FORGOTTEN)));
            }
            List<PublishRequest> arriving = List.copyOf(late);
            late.clear();
            service.afterNextPublish(() -> arriving.forEach(service::publishLate));
            return Optional.empty();
        }

        /** An attempt with a message that no attempt can publish. */
        private Optional<Fault> invalid(PublishRequest request) {
            Fate fate = fates.get(number(request)).poll();
            boolean lost = fate == Fate.REQUEST_LOST || fate == Fate.REPLY_LOST;
            return Optional.of(
                    lost
                            ? new Fault(false, Status.UNAVAILABLE.asRuntimeException())
                            : new Fault(false, error(ErrorReason.TEXT_TOO_LONG)));
        }

        private Optional<Fault> fault(Fate fate, PublishRequest request) {
            return switch (fate) {
                case REQUEST_LOST -> Optional.of(new Fault(false, Status.UNAVAILABLE.asRuntimeException()));
                case REPLY_LOST -> Optional.of(new Fault(true, Status.UNAVAILABLE.asRuntimeException()));
                case REQUEST_LATE -> {
                    late.add(request);
                    yield Optional.of(new Fault(false, Status.DEADLINE_EXCEEDED.asRuntimeException()));
                }
                case RATE_LIMITED ->
                    Optional.of(new Fault(false, errorForNow(ErrorReason.RATE_LIMITED, Duration.ofNanos(1000))));
                case UNAVAILABLE ->
                    Optional.of(new Fault(false, errorForNow(ErrorReason.LOG_UNAVAILABLE, Duration.ofNanos(1000))));
                case UNAVAILABLE_AFTER_ALL ->
                    Optional.of(new Fault(true, errorForNow(ErrorReason.LOG_UNAVAILABLE, Duration.ofNanos(1000))));
                case PREDECESSORS_LOST -> {
                    late.clear(); // the service could not know that they are repeats
                    service.forgetPublishesBefore("alice", request.getSequence());
                    yield Optional.empty();
                }
                case SESSION_EXPIRED -> {
                    service.expire("alice");
                    yield Optional.empty();
                }
                case NEXT_SESSION_EXPIRED -> {
                    service.beforeNextBroadcast(() -> service.expire("alice"));
                    service.expire("alice");
                    yield Optional.empty();
                }
            };
        }

        @Override
        public void close() {
            session.close();
            grpc.close();
        }
    }
}
