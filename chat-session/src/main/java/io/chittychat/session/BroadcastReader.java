package io.chittychat.session;

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
 * Reads the log from the joined event on for as long as the session lives: when the stream breaks it calls Broadcast
 * again with the last time it has seen, so that nothing is missed and nothing is seen twice.
 *
 * <p>Used by the session thread only.
 */
final class BroadcastReader {

    /** Who is told. */
    interface Reader {
        void received(Event event, long clock);

        void caughtUp(long lamportTime, long clock);

        void missed(long after, long before);

        void stateChanged(ConnectionState state);

        /** The stream ended with OK. */
        void completed();

        /** The stream ended for a reason that no resuming mends. */
        void ended(SessionEnd end);
    }

    private final Wire wire;
    private final Stay stay;
    private final Reader reader;

    /** Everything up to here was received: the place to resume from. */
    private long cursor;

    /** The newest event that was received, which the next one must name as the one before it; 0 for none yet. */
    private long newest;

    private int failures;
    private boolean lost;
    private boolean stopped;
    private @Nullable ClientCall<BroadcastRequest, BroadcastResponse> call;

    /** A reader of a stay from its joined event on. */
    BroadcastReader(Wire wire, Stay stay, Reader reader) {
        this(wire, stay, reader, 0, 0);
        lost = false;
    }

    private BroadcastReader(Wire wire, Stay stay, Reader reader, long cursor, long newest) {
        this.wire = wire;
        this.stay = stay;
        this.reader = reader;
        this.cursor = cursor;
        this.newest = newest;
        this.lost = true;
    }

    /**
     * Reads on after the session of a stay was replaced.
     *
     * @param after the place in the log to read on from; 0 for the new session's joined event in a new log
     */
    BroadcastReader successor(Reader reader, long after) {
        return new BroadcastReader(wire, stay, reader, after, after == 0 ? 0 : newest);
    }

    /** Calls Broadcast from the cursor on. */
    void open() {
        if (stopped) {
            return;
        }
        long time = wire.clock().tick("Broadcast");
        long after = cursor;
        stay.log().sent("Broadcast", time, line -> line.with("after", after));
        BroadcastRequest request = BroadcastRequest.newBuilder()
                .setSessionToken(stay.token())
                .setAfterLamportTime(after)
                .setEpoch(stay.epoch())
                .setLamportTime(time)
                .build();
        var opened = wire.channel().newCall(ChatServiceGrpc.getBroadcastMethod(), wire.callOptions());
        call = opened;
        ClientCalls.asyncServerStreamingCall(opened, request, new Stream());
    }

    /** Ends the stream; nothing is reported any more. */
    void stop() {
        stopped = true;
        if (call != null) {
            call.cancel("the session has ended", null);
        }
    }

    /** Whether the stream broke and is not back yet. */
    boolean isLost() {
        return lost;
    }

    long cursor() {
        return cursor;
    }

    private void receive(Event event) {
        long time = event.getLamportTime();
        if (time <= newest) {
            return; // seen before
        }
        if (newest > 0 && event.getPreviousLamportTime() > newest) {
            reader.missed(newest, time);
        }
        newest = time;
        cursor = Math.max(cursor, time);
        long clock = wire.clock().receive(time, "an event of " + event.getParticipant());
        stay.log().received(event, clock);
        reader.received(event, clock);
    }

    private void receive(CaughtUp caughtUp) {
        long time = caughtUp.getLamportTime();
        cursor = Math.max(cursor, time);
        long clock = wire.clock().receive(time, "the news that all was sent");
        stay.log().caughtUp(time, clock);
        reader.stateChanged(lost ? ConnectionState.RESUMED : ConnectionState.LIVE);
        lost = false;
        reader.caughtUp(time, clock);
    }

    private void broke(Failure failure) {
        stay.log().streamFailed(failure, wire.clock().read());
        Optional<SessionEnd.Reason> end = endReason(failure);
        if (end.isPresent()) {
            reader.ended(new SessionEnd(end.get(), failure.description()));
            return;
        }
        if (failure.reason() == ErrorReason.RESUME_POINT_GONE) {
            goOnWithinTheLog(failure);
        }
        resume(failure.retryAfter());
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

    /** The log does not reach back to the cursor; or, if it lost its end, not up to it, and what comes has earlier times. */
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
        newest = Math.max(newest, cursor); // what lies between was reported already
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
        wire.afterBackoff(failures, atLeast, this::open);
    }

    /** One Broadcast call. Runs on the session thread; the next message is asked for when this one is dealt with. */
    private final class Stream implements StreamObserver<BroadcastResponse> {

        @Override
        public void onNext(BroadcastResponse response) {
            failures = 0;
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
            if (!stopped) {
                broke(Failure.of(cause));
            }
        }

        @Override
        public void onCompleted() {
            if (stopped) {
                return;
            }
            stay.log().streamCompleted(wire.clock().read());
            if (stay.isLeaving()) {
                reader.completed();
            } else {
                resume(Duration.ZERO);
            }
        }
    }
}
