package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests during an outage, in virtual time. */
class OutageTest {

    private static final Duration OUTAGE = Duration.ofSeconds(14);

    private final VirtualThread thread = new VirtualThread();
    private final Line line = new Line();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void outageCostsFewRequestsAndEndsAtOnce(long seed) {
        ChatSession session = session(seed);
        line.lose();
        CompletableFuture<Published> typed = session.publish("meanwhile");
        thread.run(Duration.ZERO);
        long clock = session.clock();
        int requests = line.requests.size();

        thread.run(OUTAGE);
        assertThat(line.requests).as("seed %d", seed).hasSizeLessThanOrEqualTo(requests + 1);
        assertThat(session.clock()).as("seed %d", seed).isLessThanOrEqualTo(clock + 1);
        assertThat(line.tries).as("attempts to connect, seed %d", seed).isBetween(8, 20);
        assertThat(typed).isNotDone();

        line.mend();
        thread.run(Duration.ofMillis(1));
        assertThat(typed).as("seed %d", seed).isCompleted();
        assertThat(line.requests.subList(line.requests.size() - 2, line.requests.size()))
                .containsExactlyInAnyOrder("Broadcast", "Publish");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void serviceThatIsUnavailableIsAskedMoreAndMoreSeldom(long seed) {
        ChatSession session = session(seed);
        line.refusal = Optional.of(FakeChatService.error(ErrorReason.LOG_UNAVAILABLE));
        line.endStream();
        CompletableFuture<Published> typed = session.publish("meanwhile");
        thread.run(OUTAGE);

        assertThat(line.requests).as("seed %d", seed).hasSizeBetween(20, 36); // Broadcast and Publish
        line.refusal = Optional.empty();
        thread.run(Backoff.DEFAULT.max());
        assertThat(typed).as("seed %d", seed).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void serviceThatLosesEachSessionIsAskedMoreAndMoreSeldom(long seed) {
        session(seed);
        line.readerRefusal = Optional.of(FakeChatService.error(ErrorReason.SESSION_UNKNOWN));
        line.endStream();
        thread.run(OUTAGE);

        assertThat(line.requests.stream().filter("Join"::equals))
                .as("seed %d", seed)
                .hasSizeBetween(10, 20);
    }

    @Test
    void addressIsSilentAfterThreeIntervalsWithoutAMessage() {
        session(1, Optional.of(ServiceAddresses.of("a:1,b:2")));
        for (int second = 0; second < 30; second++) {
            line.beat();
            thread.run(Duration.ofSeconds(1));
        }
        assertThat(broadcasts()).isEqualTo(1);

        thread.run(Duration.ofSeconds(2));
        assertThat(broadcasts()).isEqualTo(1);
        thread.run(Duration.ofSeconds(1).plus(Backoff.DEFAULT.initial()));
        assertThat(broadcasts()).isEqualTo(2);
    }

    @Test
    void addressIsNotSilentWhileALargeMessageArrives() {
        session(1, Optional.of(ServiceAddresses.of("a:1,b:2")));
        line.beat();
        for (int second = 0; second < 30; second++) {
            line.trickle();
            thread.run(Duration.ofSeconds(1));
        }
        assertThat(broadcasts()).isEqualTo(1);

        thread.run(Duration.ofSeconds(4).plus(Backoff.DEFAULT.initial()));
        assertThat(broadcasts()).isEqualTo(2);
    }

    @Test
    void serviceWithoutHeartbeatsIsNotSilent() {
        session(1, Optional.of(ServiceAddresses.of("a:1,b:2")));
        thread.run(Duration.ofMinutes(1));
        assertThat(broadcasts()).isEqualTo(1);
    }

    @Test
    void onlyAddressIsNotLeftForItsSilence() {
        session(1);
        line.beat();
        thread.run(Duration.ofMinutes(1));
        assertThat(broadcasts()).isEqualTo(1);
    }

    @Test
    void onlyAddressOfANameIsNotLeftForItsSilence() {
        ServiceAddresses name = ServiceAddresses.of("dns:///a:1");
        name.order().of(List.of(new EquivalentAddressGroup(new InetSocketAddress("127.0.0.1", 1))));
        session(1, Optional.of(name));
        line.beat();
        thread.run(Duration.ofMinutes(1));
        assertThat(broadcasts()).isEqualTo(1);
    }

    private long broadcasts() {
        return line.requests.stream().filter("Broadcast"::equals).count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nobodyTriesToConnectForASessionThatHasEnded(long seed) {
        ChatSession session = session(seed);
        line.lose();
        thread.run(Duration.ofSeconds(3));
        session.leave();
        thread.run(Duration.ofSeconds(20)); // the leave fails at once, since there is no connection
        int tries = line.tries;
        thread.run(Duration.ofMinutes(1));

        assertThat(line.tries).as("seed %d", seed).isEqualTo(tries);
    }

    private ChatSession session(long seed) {
        return session(seed, Optional.empty());
    }

    private ChatSession session(long seed, Optional<ServiceAddresses> addresses) {
        ChatSession session = new ChatSessionBuilder(line, false, addresses)
                .thread(thread)
                .random(new Random(seed))
                .settings(new SessionSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(10), Backoff.DEFAULT, true))
                .build();
        CompletableFuture<Joined> joined = session.join("alice");
        thread.run(Duration.ZERO);
        assertThat(joined).isCompleted();
        return session;
    }

    /** A channel whose calls are answered at once, unless it has no connection. */
    private static final class Line extends ManagedChannel {

        final List<String> requests = new ArrayList<>();
        int tries;
        Optional<StatusRuntimeException> refusal = Optional.empty(); // of every call
        Optional<StatusRuntimeException> readerRefusal = Optional.empty(); // of Broadcasts
        private ConnectivityState state = ConnectivityState.READY;
        private final Queue<Runnable> watchers = new ArrayDeque<>();
        private @Nullable Call<?, ?> stream;
        private long time;

        void lose() {
            changeTo(ConnectivityState.TRANSIENT_FAILURE);
            endStream();
        }

        void endStream() {
            Call<?, ?> broken = stream;
            stream = null;
            if (broken != null) {
                broken.end(Status.UNAVAILABLE, new Metadata());
            }
        }

        void beat() {
            Call<?, ?> open = Objects.requireNonNull(stream);
            open.say(BroadcastResponse.getDefaultInstance());
        }

        /** A part of a message arrives. */
        void trickle() {
            Objects.requireNonNull(stream).arrive(1000);
        }

        void mend() {
            changeTo(ConnectivityState.READY);
        }

        private void changeTo(ConnectivityState next) {
            state = next;
            List<Runnable> told = List.copyOf(watchers);
            watchers.clear();
            told.forEach(Runnable::run);
        }

        @Override
        public ConnectivityState getState(boolean requestConnection) {
            return state;
        }

        @Override
        public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
            watchers.add(callback);
        }

        @Override
        public void resetConnectBackoff() {
            tries++;
        }

        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            requests.add(Objects.requireNonNull(method.getBareMethodName()));
            return new Call<>(method, options);
        }

        private final class Call<Q, R> extends ClientCall<Q, R> {

            private final MethodDescriptor<Q, R> method;
            private final CallOptions options;
            private final List<ClientStreamTracer> tracers;
            private @Nullable Listener<R> listener;

            Call(MethodDescriptor<Q, R> method, CallOptions options) {
                this.method = method;
                this.options = options;
                this.tracers = options.getStreamTracerFactories().stream()
                        .map(factory -> factory.newClientStreamTracer(
                                ClientStreamTracer.StreamInfo.newBuilder().build(), new Metadata()))
                        .toList();
            }

            void arrive(long bytes) {
                tracers.forEach(tracer -> tracer.inboundWireSize(bytes));
            }

            @Override
            public void start(Listener<R> listener, Metadata headers) {
                this.listener = listener;
            }

            @Override
            public void request(int count) {}

            @Override
            public void halfClose() {}

            @Override
            public void cancel(@Nullable String message, @Nullable Throwable cause) {
                end(Status.CANCELLED, new Metadata());
            }

            @Override
            public void sendMessage(Q request) {
                boolean reads = "Broadcast".equals(method.getBareMethodName());
                Optional<StatusRuntimeException> refused = refusal.or(() -> reads ? readerRefusal : Optional.empty());
                if (state != ConnectivityState.READY) {
                    end(Status.UNAVAILABLE, new Metadata());
                } else if (refused.isPresent()) {
                    end(
                            refused.get().getStatus(),
                            Objects.requireNonNull(refused.get().getTrailers()));
                } else {
                    answer(request);
                }
            }

            @SuppressWarnings("unchecked")
            private void answer(Q request) {
                time++;
                Object reply =
                        switch (Objects.requireNonNull(method.getBareMethodName())) {
                            case "Join" ->
                                JoinResponse.newBuilder()
                                        .setLamportTime(time)
                                        .setEpoch("e")
                                        .setResumeWindow(com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(5))
                                        .build();
                            case "Publish" ->
                                PublishResponse.newBuilder()
                                        .setLamportTime(time)
                                        .setSequence(((PublishRequest) request).getSequence())
                                        .build();
                            default ->
                                BroadcastResponse.newBuilder()
                                        .setCaughtUp(CaughtUp.newBuilder().setLamportTime(time))
                                        .build();
                        };
                run(each -> each.onMessage((R) reply));
                if (reply instanceof BroadcastResponse) {
                    stream = this;
                } else {
                    end(Status.OK, new Metadata());
                }
            }

            @SuppressWarnings("unchecked")
            void say(BroadcastResponse response) {
                run(each -> each.onMessage((R) response));
            }

            private void end(Status status, Metadata trailers) {
                run(each -> each.onClose(status, trailers));
            }

            private void run(Consumer<Listener<R>> step) {
                Listener<R> told = Objects.requireNonNull(listener);
                Objects.requireNonNull(options.getExecutor()).execute(() -> step.accept(told));
            }
        }

        @Override
        public String authority() {
            return "virtual";
        }

        @Override
        public ManagedChannel shutdown() {
            return this;
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public ManagedChannel shutdownNow() {
            return this;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    /** Runs tasks in virtual time, on the thread of the test. */
    private static final class VirtualThread extends AbstractExecutorService implements ScheduledExecutorService {

        private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
        private long now;
        private long scheduled;

        /** Runs everything that is due within a duration from now. */
        void run(Duration duration) {
            long end = now + duration.toNanos();
            while (!tasks.isEmpty() && tasks.peek().due <= end) {
                Task<?> next = tasks.remove();
                now = next.due;
                next.run();
            }
            now = end;
        }

        private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

            private final long due;
            private final long number = scheduled++;

            Task(Callable<V> work, long delay) {
                super(work);
                this.due = now + delay;
            }

            @Override
            public boolean isPeriodic() {
                return false;
            }

            @Override
            public long getDelay(TimeUnit unit) {
                return unit.convert(due - now, TimeUnit.NANOSECONDS);
            }

            @Override
            public int compareTo(Delayed other) {
                Task<?> task = (Task<?>) other;
                return due == task.due ? Long.compare(number, task.number) : Long.compare(due, task.due);
            }
        }

        @Override
        public void execute(Runnable work) {
            schedule(work, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return schedule(
                    () -> {
                        work.run();
                        return true;
                    },
                    delay,
                    unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
            Task<V> task = new Task<>(work, Math.max(0, unit.toNanos(delay)));
            tasks.add(task);
            return task;
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long delay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long delay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
