package io.chittychat.session;

import static io.chittychat.text.LogKeys.AFTER;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.Event;
import io.grpc.ClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from the joined event on until the session ends. When the stream breaks, it calls Broadcast again with the
 * last time it has received, so that it delivers each event once.
 *
 * <p>Used by the session thread only.
 */
final class BroadcastReader {

    /** Receives the events and the changes of the stream. */
    interface Reader {
        void received(Event event, long clock);

        void caughtUp(long lamportTime, long clock);

        void missed(long after, long before);

        void stateChanged(ConnectionState state);

        /** The stream ended with OK. */
        void completed();

        /** The stream ended for a reason for which it cannot be resumed. */
        void ended(SessionEnd end);
    }

    private final CallContext context;
    private final Membership membership;
    private final Reader reader;

    /** Everything up to this time has been received; the stream resumes after it. */
    private long cursor;

    /** The newest event received, which the next event must name as its predecessor; 0 before the first. */
    private long newest;

    private int failures;
    private boolean lost;
    private boolean stopped;
    private @Nullable ClientCall<BroadcastRequest, BroadcastResponse> call;

    /** Reads from the joined event of a membership on. */
    BroadcastReader(CallContext context, Membership membership, Reader reader) {
        this(context, membership, reader, 0, 0);
        lost = false;
    }

    private BroadcastReader(CallContext context, Membership membership, Reader reader, long cursor, long newest) {
        this.context = context;
        this.membership = membership;
        this.reader = reader;
        this.cursor = cursor;
        this.newest = newest;
        this.lost = true;
    }

    /**
     * A reader for the next session of the membership.
     *
     * @param after reads events after this Lamport time; 0 to begin with the joined event in a new log
     */
    BroadcastReader successor(Reader reader, long after) {
        return new BroadcastReader(context, membership, reader, after, after == 0 ? 0 : newest);
    }

    /** Calls Broadcast from the cursor on. */
    void open() {
        if (stopped) {
            return;
        }
        long time = context.clock().tick("Broadcast");
        long after = cursor;
        membership.log().sent("Broadcast", time, line -> line.with(AFTER, after));
        com.google.protobuf.Duration heartbeat = heartbeatInterval();
        BroadcastRequest.Builder request = BroadcastRequest.newBuilder()
                .setSessionToken(membership.token())
                .setAfterLamportTime(after)
                .setEpoch(membership.epoch())
                .setLamportTime(time);
        if (isPositive(heartbeat)) {
            request.setHeartbeatInterval(heartbeat);
        }
        SendTracer tracer = context.connection().tracer();
        ArrivalTracer arrivals = new ArrivalTracer();
        var opened = context.connection()
                .channel()
                .newCall(
                        ChatServiceGrpc.getBroadcastMethod(),
                        context.callOptions().withStreamTracerFactory(tracer).withStreamTracerFactory(arrivals));
        call = opened;
        Runnable giveUp = () -> opened.cancel("its address is silent", null); // so that it is resumed at another one
        SilenceWatch watch = new SilenceWatch(context.thread(), heartbeat, arrivals::bytes, giveUp);
        ClientCalls.asyncServerStreamingCall(opened, request.build(), new Stream(opened, tracer, watch));
    }

    /** Zero if it is no use to notice a silent address soon, since there is no other one. */
    private com.google.protobuf.Duration heartbeatInterval() {
        return context.connection().hasAlternatives()
                ? SilenceWatch.interval(membership.resumeWindow())
                : com.google.protobuf.Duration.getDefaultInstance();
    }

    private static boolean isPositive(com.google.protobuf.Duration duration) {
        return duration.getSeconds() > 0 || duration.getNanos() > 0;
    }

    /** Ends the stream, and reports nothing from now on. */
    void stop() {
        stopped = true;
        if (call != null) {
            call.cancel("the session has ended", null);
        }
    }

    /** Whether the stream is broken and not yet resumed. */
    boolean isLost() {
        return lost;
    }

    long cursor() {
        return cursor;
    }

    private void receive(Event event) {
        long time = event.getLamportTime();
        if (time <= newest) {
            return; // a repeated event
        }
        if (newest > 0 && event.getPreviousLamportTime() > newest) {
            reader.missed(newest, time);
        }
        newest = time;
        cursor = Math.max(cursor, time);
        long clock = context.clock().receive(time, "an event of " + event.getParticipant());
        membership.log().received(event, clock);
        reader.received(event, clock);
    }

    private void receive(CaughtUp caughtUp) {
        long time = caughtUp.getLamportTime();
        cursor = Math.max(cursor, time);
        long clock = context.clock().receive(time, "the caught-up notice");
        membership.log().caughtUp(time, clock);
        reader.stateChanged(lost ? ConnectionState.RESUMED : ConnectionState.LIVE);
        lost = false;
        reader.caughtUp(time, clock);
    }

    private void broke(Failure failure, SendTracer tracer) {
        membership.log().streamFailed(failure, context.clock().read());
        Duration atLeast = context.connection().failed(failure, tracer);
        Optional<SessionEnd.Reason> end = endReason(failure);
        if (end.isPresent()) {
            reader.ended(new SessionEnd(end.get(), failure.description()));
            return;
        }
        if (failure.reason() == ErrorReason.RESUME_POINT_GONE) {
            goOnWithinTheLog(failure);
        }
        resume(atLeast);
    }

    private static Optional<SessionEnd.Reason> endReason(Failure failure) {
        if (failure.isPassingForStream() || failure.reason() == ErrorReason.RESUME_POINT_GONE) {
            return Optional.empty();
        }
        if (failure.reason() == ErrorReason.SUPERSEDED) {
            return Optional.of(SessionEnd.Reason.SUPERSEDED);
        }
        if (failure.reason() == ErrorReason.SESSION_UNKNOWN) {
            return Optional.of(SessionEnd.Reason.SESSION_UNKNOWN);
        }
        return Optional.of(
                failure.reason() == ErrorReason.EPOCH_CHANGED
                        ? SessionEnd.Reason.EPOCH_CHANGED
                        : SessionEnd.Reason.REFUSED);
    }

    /** Moves the cursor into the log, which has lost events at its begin or, so that new events have smaller times, its end. */
    private void goOnWithinTheLog(Failure failure) {
        long oldest = parse(failure.metadata().getOrDefault("oldest", ""));
        long end = parse(failure.metadata().getOrDefault("newest", Long.toString(Long.MAX_VALUE)));
        if (cursor > end) {
            cursor = end;
            newest = Math.min(newest, end);
            return;
        }
        if (oldest > cursor + 1) {
            reader.missed(newest, oldest);
        }
        cursor = Math.max(cursor, oldest - 1);
        newest = Math.max(newest, cursor); // the events between were reported as missed
    }

    private static long parse(String number) {
        try {
            return Long.parseUnsignedLong(number);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void resume(Duration atLeast) {
        if (!lost) {
            lost = true;
            reader.stateChanged(ConnectionState.LOST);
        }
        failures++;
        context.connection().repeat(failures, atLeast, new Connection.Repeat(this::open, () -> stopped, null));
    }

    /** One Broadcast call. Runs on the session thread, and requests the next message after handling this one. */
    private final class Stream implements StreamObserver<BroadcastResponse> {

        private final ClientCall<?, ?> opened;
        private final SendTracer tracer;
        private final SilenceWatch watch;
        private boolean begun;

        Stream(ClientCall<?, ?> opened, SendTracer tracer, SilenceWatch watch) {
            this.opened = opened;
            this.tracer = tracer;
            this.watch = watch;
        }

        @Override
        public void onNext(BroadcastResponse response) {
            failures = 0;
            watch.heard(response);
            if (!begun) {
                begun = true;
                context.connection().reads(opened, tracer);
            }
            for (Event event : response.getEventsList()) {
                if (stopped) {
                    return;
                }
                receive(event);
            }
            if (response.hasCaughtUp() && !stopped) {
                receive(response.getCaughtUp());
            }
        }

        @Override
        public void onError(Throwable cause) {
            watch.stop();
            if (!stopped) {
                broke(Failure.of(cause), tracer);
            }
        }

        @Override
        public void onCompleted() {
            watch.stop();
            if (stopped) {
                return;
            }
            membership.log().streamCompleted(context.clock().read());
            if (membership.isLeaving()) {
                reader.completed();
            } else {
                resume(Duration.ZERO);
            }
        }
    }
}
