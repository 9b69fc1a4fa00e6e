package io.chittychat.session;

import io.chittychat.session.ChatException.Problem;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes unary calls, and repeats a call until its deadline if its reply is lost or the service refuses it for now. Each
 * attempt ticks the clock, has the call deadline, and is logged. If {@code persistent} is false and the first attempt
 * cannot connect to any address, the call fails at once, since the address is probably wrong.
 *
 * <p>Used by the session thread only. The futures complete on it, at the latest after their deadline.
 */
final class UnaryCaller {

    private final CallContext context;

    UnaryCaller(CallContext context) {
        this.context = context;
    }

    /** A call in progress. */
    interface Calling<R> {

        /** The reply; fails with {@link ChatException}. */
        CompletableFuture<R> result();

        /** Whether an attempt without a reply may have had an effect. */
        boolean mayHaveBeenDone();
    }

    /**
     * Makes a call. Fails with {@link ChatException}.
     *
     * @param over whether to give up, since the session has ended
     */
    <Q, R> CompletableFuture<R> call(
            RepeatableCall<Q, R> call,
            ParticipantLog log,
            Deadline deadline,
            boolean persistent,
            BooleanSupplier over) {
        return begin(call, log, deadline, persistent, over).result();
    }

    /** As {@link #call}, for a caller that may stop waiting and then asks whether the call may have had an effect. */
    <Q, R> Calling<R> begin(
            RepeatableCall<Q, R> call,
            ParticipantLog log,
            Deadline deadline,
            boolean persistent,
            BooleanSupplier over) {
        Repetition<Q, R> repetition = new Repetition<>(call, log, deadline, persistent, over);
        repetition.attempt();
        return repetition;
    }

    private final class Repetition<Q, R> implements Calling<R> {

        private final RepeatableCall<Q, R> call;
        private final ParticipantLog log;
        private final Deadline deadline;
        private final boolean persistent;
        private final BooleanSupplier over;
        private final CompletableFuture<R> result = new CompletableFuture<>();
        private int failures;
        private boolean mayHaveReached;
        private boolean effectUnknown;
        private @Nullable SendTracer underWay;
        private @Nullable Failure lastFailure;

        Repetition(
                RepeatableCall<Q, R> call,
                ParticipantLog log,
                Deadline deadline,
                boolean persistent,
                BooleanSupplier over) {
            this.call = call;
            this.log = log;
            this.deadline = deadline;
            this.persistent = persistent;
            this.over = over;
        }

        @Override
        public CompletableFuture<R> result() {
            return result;
        }

        @Override
        public boolean mayHaveBeenDone() {
            return effectUnknown || (underWay != null && underWay.wasSent());
        }

        void attempt() {
            if (isOver()) {
                return;
            }
            if (deadline.isExpired()) {
                result.completeExceptionally(outOfTime());
                return;
            }
            long time = context.clock().tick(call.rpc());
            log.sent(call.rpc(), time, call.sentDetails());
            SendTracer tracer = context.connection().tracer();
            underWay = tracer;
            Deadline attempt =
                    context.deadline(context.settings().callDeadline()).minimum(deadline);
            ClientCalls.asyncUnaryCall(
                    context.connection()
                            .channel()
                            .newCall(
                                    call.method(),
                                    context.callOptions(call.method())
                                            .withDeadline(attempt)
                                            .withStreamTracerFactory(tracer)),
                    call.request().apply(time),
                    new Reply(tracer));
        }

        /** The failure of a call whose deadline passed before an attempt. */
        private ChatException outOfTime() {
            return lastFailure == null
                    ? new ChatException(Problem.UNREACHABLE, call.rpc() + ": not sent within its deadline")
                    : lastFailure.toException(call.rpc(), mayHaveReached, effectUnknown);
        }

        private boolean isOver() {
            if (over.getAsBoolean()) {
                result.completeExceptionally(new ChatException(Problem.SESSION_ENDED, "the session has ended"));
            }
            return result.isDone();
        }

        private void answered(R reply) {
            if (isOver()) {
                return;
            }
            underWay = null;
            call.arrived().accept(reply);
            long lamportTime = call.lamportTime().applyAsLong(reply);
            long clock = context.clock().receive(lamportTime, "the reply to " + call.rpc());
            log.answered(call.rpc(), lamportTime, clock, call.answeredDetails());
            result.complete(reply);
        }

        private void failed(Throwable cause, SendTracer tracer) {
            Failure failure = Failure.of(cause);
            underWay = null;
            mayHaveReached |= tracer.wasSent();
            effectUnknown |= tracer.wasSent() && !failure.isRefusal();
            Duration atLeast = context.connection().failed(failure, tracer);
            if (isOver()) {
                return;
            }
            log.refused(call.rpc(), failure, context.clock().read(), call.answeredDetails());
            lastFailure = failure;
            failures++;
            boolean worthRepeating = call.amended().test(failure) || isWorthRepeating(failure);
            if (!worthRepeating || isTooLateAfter(atLeast)) {
                result.completeExceptionally(failure.toException(call.rpc(), mayHaveReached, effectUnknown));
                return;
            }
            context.connection()
                    .repeat(failures, atLeast, new Connection.Repeat(this::attempt, this::isNotNeeded, deadline));
        }

        private boolean isNotNeeded() {
            return over.getAsBoolean() || result.isDone();
        }

        private boolean isWorthRepeating(Failure failure) {
            boolean mayConnectElsewhere = context.connection().hasAlternatives()
                    && failure.status().getCode() == Status.Code.DEADLINE_EXCEEDED;
            return failure.isPassing() && (persistent || mayHaveReached || mayConnectElsewhere);
        }

        private boolean isTooLateAfter(Duration wait) {
            return deadline.timeRemaining(TimeUnit.NANOSECONDS) <= wait.toNanos();
        }

        /** Runs on the session thread, which is the executor in the call options. */
        private final class Reply implements StreamObserver<R> {

            private final SendTracer tracer;
            private @Nullable R reply;

            Reply(SendTracer tracer) {
                this.tracer = tracer;
            }

            @Override
            public void onNext(R reply) {
                this.reply = reply;
            }

            @Override
            public void onError(Throwable cause) {
                failed(cause, tracer);
            }

            @Override
            public void onCompleted() {
                if (reply != null) {
                    answered(reply);
                }
            }
        }
    }
}
