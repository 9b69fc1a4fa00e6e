package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The participant's current membership, if it is in the chat: one at a time, with its Broadcast. When the service no longer
 * knows the session, this joins again under the same name, if the settings say so, and reads on where the old session
 * ended.
 *
 * <p>Used by the session thread only.
 */
final class CurrentMembership {

    private final CallContext context;
    private final ChatListener listener;
    private final Joiner joiner;
    private final PublishSender publisher;
    private @Nullable Membership membership;
    private @Nullable BroadcastReader broadcast;
    private boolean joining;
    private boolean closed;

    CurrentMembership(CallContext context, UnaryCaller caller, ChatListener listener, Joiner joiner) {
        this.context = context;
        this.listener = listener;
        this.joiner = joiner;
        this.publisher = new PublishSender(context, caller, this::unknown);
    }

    CompletableFuture<Joined> join(String name) {
        if (membership != null || joining) {
            throw new ChatException(Problem.ALREADY_JOINED, "already joined; leave first");
        }
        CompletableFuture<Joiner.NewMembership> admitted = joiner.join(name);
        joining = true;
        return admitted.whenComplete((arrived, failure) -> joining = false)
                .thenApply(arrived -> begin(arrived.membership(), arrived.reply()));
    }

    private Joined begin(Membership begun, JoinResponse reply) {
        if (closed) {
            begun.log().close();
            throw new ChatException(Problem.SESSION_ENDED, "the session is closed");
        }
        membership = begun;
        listener.stateChanged(ConnectionState.CONNECTING);
        read(new BroadcastReader(context, begun, new MembershipReader(begun, 0)));
        return joined(begun, reply);
    }

    private void read(BroadcastReader reader) {
        broadcast = reader;
        reader.open();
    }

    private static Joined joined(Membership membership, JoinResponse reply) {
        Duration window = Duration.ofSeconds(
                reply.getResumeWindow().getSeconds(), reply.getResumeWindow().getNanos());
        return new Joined(membership.name(), reply.getLamportTime(), reply.getEpoch(), window);
    }

    /** The membership; throws {@link ChatException} outside of the chat. */
    Membership present() {
        Membership current = membership;
        if (current == null || current.isLeaving()) {
            throw ChatException.notJoined();
        }
        return current;
    }

    /** The membership with a session; throws {@link ChatException} if it has none now. */
    Membership connected() {
        Membership current = present();
        if (current.isSuspended()) {
            throw new ChatException(Problem.UNREACHABLE, "the session was lost; joining again");
        }
        return current;
    }

    CompletableFuture<Published> publish(String text) {
        return publisher.publish(present(), text);
    }

    long cursor() {
        return broadcast == null ? 0 : broadcast.cursor();
    }

    /** A call failed because the service does not know its session. */
    void unknown(Membership affected, int generation) {
        if (affected.generation() == generation) {
            lost(affected, new SessionEnd(SessionEnd.Reason.SESSION_UNKNOWN, ""));
        }
    }

    private void lost(Membership affected, SessionEnd end) {
        if (membership != affected || affected.isSessionLost()) {
            return;
        }
        BroadcastReader reader = broadcast;
        if (!context.settings().rejoin() || affected.isLeaving() || reader == null) {
            end(affected, end);
            return;
        }
        affected.suspend();
        publisher.suspended(affected);
        reader.stop();
        if (!reader.isLost()) {
            listener.stateChanged(ConnectionState.LOST);
        }
        if (end.reason() == SessionEnd.Reason.EPOCH_CHANGED) {
            context.clock().restart();
        }
        joinAgain(affected, reader, end);
    }

    /** Joins again; at once after the first loss, and later and later while sessions are lost before they are read. */
    private void joinAgain(Membership affected, BroadcastReader reader, SessionEnd end) {
        BooleanSupplier over = () -> membership != affected; // left or closed meanwhile
        Runnable attempt = () -> joiner.rejoin(affected, over).whenComplete((reply, failure) -> {
            if (over.getAsBoolean()) {
                return;
            }
            if (reply == null) {
                String detail = failure == null
                        ? ""
                        : String.valueOf(SessionThread.unwrap(failure).getMessage());
                end(affected, new SessionEnd(whyNotAgain(failure, end), detail));
            } else {
                readOn(affected, reader, reply);
            }
        });
        int earlierLosses = affected.lossesInARow() - 1;
        if (earlierLosses == 0) {
            attempt.run();
        } else {
            context.connection().repeat(earlierLosses, Duration.ZERO, new Connection.Repeat(attempt, over, null));
        }
    }

    private static SessionEnd.Reason whyNotAgain(@Nullable Throwable failure, SessionEnd before) {
        if (failure != null && ChatException.hasReason(failure, ErrorReason.NAME_TAKEN)) {
            return SessionEnd.Reason.NAME_TAKEN;
        }
        boolean notLetIn = failure != null
                && (ChatException.hasReason(failure, ErrorReason.CREDENTIALS_INVALID)
                        || ChatException.hasReason(failure, ErrorReason.NAME_NOT_YOURS));
        return notLetIn ? SessionEnd.Reason.REFUSED : before.reason();
    }

    private void readOn(Membership affected, BroadcastReader before, JoinResponse reply) {
        boolean sameLog = affected.epoch().equals(reply.getEpoch());
        affected.renew(reply);
        if (!sameLog) {
            affected.waiters().fail(new ChatException(Problem.SESSION_ENDED, "the service has begun a new log"));
        }
        // The connection may have broken before the first event.
        long after = sameLog ? Math.max(before.cursor(), affected.joined() - 1) : 0;
        listener.rejoined(joined(affected, reply), after);
        read(before.successor(new MembershipReader(affected, reply.getLamportTime()), after));
    }

    /** Ends the membership, and refuses joins from now on. */
    void close() {
        closed = true;
        end(new SessionEnd(SessionEnd.Reason.CLOSED, ""));
    }

    private void end(SessionEnd end) {
        if (membership != null) {
            end(membership, end);
        }
    }

    void end(Membership ending, SessionEnd end) {
        if (membership != ending) {
            return; // over already
        }
        membership = null;
        if (broadcast != null) {
            broadcast.stop();
        }
        if (end.reason() == SessionEnd.Reason.EPOCH_CHANGED) {
            context.clock().restart();
        }
        listener.stateChanged(ConnectionState.CLOSED);
        listener.ended(end);
        ending.end(end);
    }

    /** Receives the Broadcast of one session. */
    private final class MembershipReader implements BroadcastReader.Reader {

        private final Membership reading;

        /** The time of the joined event of the session; earlier events happened before it. */
        private final long joined;

        MembershipReader(Membership reading, long joined) {
            this.reading = reading;
            this.joined = joined;
        }

        @Override
        public void received(Event event, long clock) {
            reading.publishes().compare(event);
            if (reading.isSuspended()) {
                reading.publishes().completeFound();
            }
            listener.received(event, clock);
            reading.waiters().advancedTo(event.getLamportTime());
            if (event.getLamportTime() >= joined) {
                resume();
            }
        }

        private void resume() {
            if (reading.isSuspended() && !reading.isLeaving()) {
                reading.resume(pending -> publisher.send(reading, pending));
            }
        }

        @Override
        public void caughtUp(long lamportTime, long clock) {
            listener.caughtUp(lamportTime, clock);
            reading.waiters().advancedTo(lamportTime);
            resume();
        }

        @Override
        public void missed(long after, long before) {
            reading.publishes().missed();
            listener.missed(after, before);
        }

        @Override
        public void stateChanged(ConnectionState state) {
            listener.stateChanged(state);
        }

        @Override
        public void completed() {
            reading.streamHasEnded();
        }

        @Override
        public void ended(SessionEnd end) {
            if (reading.isLeaving()) {
                reading.streamHasEnded();
            } else if (end.reason() == SessionEnd.Reason.SESSION_UNKNOWN
                    || end.reason() == SessionEnd.Reason.EPOCH_CHANGED) {
                lost(reading, end);
            } else {
                CurrentMembership.this.end(reading, end);
            }
        }
    }
}
