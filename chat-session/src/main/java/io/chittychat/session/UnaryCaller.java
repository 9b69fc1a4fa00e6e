package io.chittychat.session;

import io.chittychat.session.ChatException.Problem;
import io.grpc.Deadline;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes unary calls, repeating those whose reply was lost, or which are refused for now, as long as their time lasts. Each
 * attempt ticks the clock, has the call deadline, and is logged. A first attempt that finds no service to talk to is not repeated where {@code persistent} is false: that is
 * more often a wrong address than a lost reply.
 *
 * <p>Used by the session thread only; the futures complete on it, always, at the latest when their deadline has passed.
 */
final class UnaryCaller {

    private final Wire wire;

    UnaryCaller(Wire wire) {
        this.wire = wire;
    }

    /** A call under way. */
    interface Calling<R> {

        /** Its reply; fails with {@link ChatException}. */
        CompletableFuture<R> result();

        /** Whether any attempt up to now may have had an effect that no reply has told of. */
        boolean mayHaveBeenDone();
    }

    /**
     * Calls for as long as there is somebody to call for. Fails with {@link ChatException}.
     *
     * @param over whether whoever asked is gone
     */
    <Q, R> CompletableFuture<R> call(
            UnaryCall<Q, R> call, ParticipantLog log, Deadline deadline, boolean persistent, BooleanSupplier over) {
        return begin(call, log, deadline, persistent, over).result();
    }

    /** As {@link #call}, for a caller that gives up before the result is there and wants to know what may have happened. */
    <Q, R> Calling<R> begin(
            UnaryCall<Q, R> call, ParticipantLog log, Deadline deadline, boolean persistent, BooleanSupplier over) {
        Repetition<Q, R> repetition = new Repetition<>(call, log, deadline, persistent, over);
        repetition.attempt();
        return repetition;
    }

    private final class Repetition<Q, R> implements Calling<R> {

        private final UnaryCall<Q, R> call;
        private final ParticipantLog log;
        private final Deadline deadline;
        private final boolean persistent;
        private final BooleanSupplier over;
        private final CompletableFuture<R> result = new CompletableFuture<>();
        private int failures;
        private boolean mayHaveReached;
        private boolean effectUnknown;
        private @Nullable Departure underWay;
        private @Nullable Failure lastFailure;

        Repetition(
                UnaryCall<Q, R> call, ParticipantLog log, Deadline deadline, boolean persistent, BooleanSupplier over) {
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
            return effectUnknown || (underWay != null && underWay.hasDeparted());
        }

        void attempt() {
            if (isOver()) {
                return;
            }
            if (deadline.isExpired()) {
                result.completeExceptionally(outOfTime());
                return;
            }
            long time = wire.clock().tick(call.rpc());
            log.sent(call.rpc(), time, call.sentDetails());
            Departure departure = new Departure();
            underWay = departure;
            Deadline attempt = wire.deadline(wire.settings().callDeadline()).minimum(deadline);
            ClientCalls.asyncUnaryCall(
                    wire.channel()
                            .newCall(
                                    call.method(),
                                    wire.callOptions(call.method())
                                            .withDeadline(attempt)
                                            .withStreamTracerFactory(departure)),
                    call.request().apply(time),
                    new Reply(departure));
        }

        /** The time went by while waiting to try again, or behind the calls before this one. */
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
            long clock = wire.clock().receive(lamportTime, "the reply to " + call.rpc());
            log.answered(call.rpc(), lamportTime, clock, call.answeredDetails());
            result.complete(reply);
        }

        private void failed(Throwable cause, Departure departure) {
            Failure failure = Failure.of(cause);
            underWay = null;
            mayHaveReached |= departure.hasDeparted();
            effectUnknown |= departure.hasDeparted() && !failure.isRefusal();
            if (isOver()) {
                return;
            }
            log.refused(call.rpc(), failure, wire.clock().read(), call.answeredDetails());
            lastFailure = failure;
            failures++;
            boolean worthIt = failure.isPassing() && (persistent || mayHaveReached);
            if (!worthIt || isTooLateAfter(failure)) {
                result.completeExceptionally(failure.toException(call.rpc(), mayHaveReached, effectUnknown));
                return;
            }
            wire.afterBackoff(failures, failure.retryAfter(), this::attempt);
        }

        private boolean isTooLateAfter(Failure failure) {
            return deadline.timeRemaining(TimeUnit.NANOSECONDS)
                    <= failure.retryAfter().toNanos();
        }

        /** Runs on the session thread, which the call options name as executor. */
        private final class Reply implements StreamObserver<R> {

            private final Departure departure;
            private @Nullable R reply;

            Reply(Departure departure) {
                this.departure = departure;
            }

            @Override
            public void onNext(R reply) {
                this.reply = reply;
            }

            @Override
            public void onError(Throwable cause) {
                failed(cause, departure);
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
