package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether one is in the chat: at most one stay at a time, its Broadcast, and what happens when its session is lost. A
 * session that the service no longer knows is replaced by a new one under the same name, if that is wanted and
 * possible; the new one reads on where the old one ended.
 *
 * <p>Used by the session thread only.
 */
final class Attendance {

    private final Wire wire;
    private final ChatListener listener;
    private final Entrance entrance;
    private final Publisher publisher;
    private @Nullable Stay stay;
    private @Nullable BroadcastReader broadcast;
    private boolean joining;
    private boolean closed;

    Attendance(Wire wire, UnaryCaller caller, ChatListener listener, Entrance entrance) {
        this.wire = wire;
        this.listener = listener;
        this.entrance = entrance;
        this.publisher = new Publisher(wire, caller, this::unknown);
    }

    CompletableFuture<Joined> join(String name) {
        if (stay != null || joining) {
            throw new ChatException(Problem.ALREADY_JOINED, "already joined; leave first");
        }
        CompletableFuture<Entrance.Arrival> arrival = entrance.enter(name);
        joining = true;
        return arrival.whenComplete((arrived, failure) -> joining = false)
                .thenApply(arrived -> begin(arrived.stay(), arrived.reply()));
    }

    private Joined begin(Stay begun, JoinResponse reply) {
        if (closed) {
            begun.log().close();
            throw new ChatException(Problem.SESSION_ENDED, "the session is closed");
        }
        stay = begun;
        listener.stateChanged(ConnectionState.CONNECTING);
        read(new BroadcastReader(wire, begun, new ReaderOf(begun)));
        return joined(begun, reply);
    }

    private void read(BroadcastReader reader) {
        broadcast = reader;
        reader.open();
    }

    private static Joined joined(Stay stay, JoinResponse reply) {
        Duration window = Duration.ofSeconds(
                reply.getResumeWindow().getSeconds(), reply.getResumeWindow().getNanos());
        return new Joined(stay.name(), reply.getLamportTime(), reply.getEpoch(), window);
    }

    /** The stay, for somebody who wants to be in the chat. */
    Stay present() {
        Stay here = stay;
        if (here == null || here.isLeaving()) {
            throw ChatException.notJoined();
        }
        return here;
    }

    /** The stay, for somebody who wants an answer now. */
    Stay connected() {
        Stay here = present();
        if (here.isSuspended()) {
            throw new ChatException(Problem.UNREACHABLE, "the session was lost; joining again");
        }
        return here;
    }

    CompletableFuture<Published> publish(String text) {
        return publisher.publish(present(), text);
    }

    long cursor() {
        return broadcast == null ? 0 : broadcast.cursor();
    }

    /** A call under a session was refused because the service does not know it. */
    void unknown(Stay here, int life) {
        if (here.life() == life) {
            lost(here, new SessionEnd(SessionEnd.Reason.SESSION_UNKNOWN, ""));
        }
    }

    private void lost(Stay here, SessionEnd end) {
        if (stay != here || here.isSuspended()) {
            return;
        }
        BroadcastReader reader = broadcast;
        if (!wire.settings().rejoin() || here.isLeaving() || reader == null) {
            end(here, end);
            return;
        }
        here.suspend();
        publisher.suspended(here);
        reader.stop();
        if (!reader.isLost()) {
            listener.stateChanged(ConnectionState.LOST);
        }
        if (end.reason() == SessionEnd.Reason.EPOCH_CHANGED) {
            wire.clock().restart();
        }
        entrance.enterAgain(here, () -> stay != here).whenComplete((reply, failure) -> {
            if (stay != here) {
                return; // left or closed meanwhile
            }
            if (reply == null) {
                String detail = failure == null
                        ? ""
                        : String.valueOf(SessionThread.unwrap(failure).getMessage());
                end(here, new SessionEnd(whyNotAgain(failure, end), detail));
            } else {
                readOn(here, reader, reply);
            }
        });
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

    private void readOn(Stay here, BroadcastReader before, JoinResponse reply) {
        boolean sameLog = here.epoch().equals(reply.getEpoch());
        here.renew(reply);
        if (!sameLog) {
            here.arrivals().fail(new ChatException(Problem.SESSION_ENDED, "the service has begun a new log"));
        }
        // The connection may have broken before anything was received.
        long after = sameLog ? Math.max(before.cursor(), here.joined() - 1) : 0;
        listener.rejoined(joined(here, reply), after);
        read(before.successor(new ReaderOf(here, reply.getLamportTime(), sameLog), after));
    }

    /** Closes for good. */
    void close() {
        closed = true;
        end(new SessionEnd(SessionEnd.Reason.CLOSED, ""));
    }

    private void end(SessionEnd end) {
        if (stay != null) {
            end(stay, end);
        }
    }

    void end(Stay ending, SessionEnd end) {
        if (stay != ending) {
            return; // over already
        }
        stay = null;
        if (broadcast != null) {
            broadcast.stop();
        }
        if (end.reason() == SessionEnd.Reason.EPOCH_CHANGED) {
            wire.clock().restart();
        }
        listener.stateChanged(ConnectionState.CLOSED);
        listener.ended(end);
        ending.end(end);
    }

    /** Takes what the Broadcast of one session says; on the session thread. */
    private final class ReaderOf implements BroadcastReader.Reader {

        private final Stay reading;

        /** Until this event, what is received happened before the session. */
        private final long joined;

        private boolean ownLeftSeen;

        /** Something of what happened before the session cannot be known: it was removed, or in a log that is gone. */
        private boolean missedBefore;

        ReaderOf(Stay reading) {
            this(reading, 0, true);
        }

        ReaderOf(Stay reading, long joined, boolean sameLog) {
            this.reading = reading;
            this.joined = joined;
            this.missedBefore = !sameLog;
        }

        @Override
        public void received(Event event, long clock) {
            if (event.getParticipant().equals(reading.name())) {
                compare(event);
            }
            listener.received(event, clock);
            reading.arrivals().advancedTo(event.getLamportTime());
            if (event.getLamportTime() >= joined) {
                resume();
            }
        }

        private void compare(Event event) {
            ownLeftSeen |= event.getType() == EventType.EVENT_TYPE_LEFT;
            if (!ownLeftSeen) {
                reading.compare(event); // after it the name may have been somebody else's
            }
        }

        private void resume() {
            if (reading.isSuspended()) {
                ownLeftSeen = false;
                reading.resume(!missedBefore, publishing -> publisher.send(reading, publishing));
            }
        }

        @Override
        public void caughtUp(long lamportTime, long clock) {
            listener.caughtUp(lamportTime, clock);
            reading.arrivals().advancedTo(lamportTime);
            resume();
        }

        @Override
        public void missed(long after, long before) {
            missedBefore = true;
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
                Attendance.this.end(reading, end);
            }
        }
    }
}
