package io.chittychat.client.session;

import io.chittychat.client.session.ChatException.Problem;
import io.chittychat.error.ErrorReason;
import io.chittychat.text.MessageText;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.Participant;
import io.grpc.Channel;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A participant: joins the chat, publishes, reads the log, leaves; keeps its own Lamport clock; survives lost
 * connections. It has one stay at a time and may join again after one has ended.
 *
 * <p>Threading: every method may be called by any thread and returns at once. All work is done, all futures complete
 * and the listener is called on one thread, the session thread; do not block it. Every future completes within the
 * deadlines of {@link SessionSettings}, and fails with {@link ChatException} only.
 *
 * <p>Text from the service is handed over untouched.
 */
public final class ChatSession implements AutoCloseable {

    /** A leaver's stream ends before the reply to its Leave, or right after; there is nothing to wait for longer. */
    private static final Duration STREAM_END_GRACE = Duration.ofSeconds(1);

    private final Wire wire;
    private final SessionThread thread;
    private final UnaryCaller caller;
    private final ChatListener listener;
    private final Entrance entrance;

    // Owned by the session thread.
    private @Nullable Stay stay;
    private @Nullable BroadcastReader broadcast;
    private boolean joining;

    ChatSession(Wire wire, SessionThread thread, ChatListener listener, ParticipantLog.Factory logs) {
        this.wire = wire;
        this.thread = thread;
        this.caller = new UnaryCaller(wire);
        this.listener = new SafeListener(listener);
        this.entrance = new Entrance(wire, caller, logs, this.listener::logFailed);
    }

    /** A session over a channel, which stays the caller's to shut down. */
    public static ChatSessionBuilder builder(Channel channel) {
        return new ChatSessionBuilder(channel);
    }

    /**
     * Enters the chat and begins to read it. Fails with NAME_INVALID without asking the service, with NAME_TAKEN, with
     * {@link Problem#UNREACHABLE} at once if there is nothing to connect to.
     */
    public CompletableFuture<Joined> join(String name) {
        return thread.ask(() -> doJoin(name));
    }

    /**
     * Says something. Publishes go out in the order in which they were asked for, each when the one before it is
     * answered, and are repeated under the same sequence until they are answered: a publish that succeeds is in the chat
     * once. Invalid text is refused without asking the service.
     */
    public CompletableFuture<Published> publish(String text) {
        return thread.ask(() -> doPublish(text));
    }

    /**
     * Leaves the chat, after the publishes that were asked for before. The session ends here also if the service does
     * not answer; it then notices by itself.
     */
    public CompletableFuture<Void> leave() {
        return thread.ask(this::doLeave);
    }

    /** Who is present, in the order in which they joined. */
    public CompletableFuture<List<Participant>> participants() {
        return thread.ask(() -> moreParticipants(joined(), "", new ArrayList<>()));
    }

    /**
     * History: a page of events.
     *
     * @param after only events after this Lamport time; 0 for the log's beginning
     * @param pageSize at most this many; 0 for the service's default
     */
    public CompletableFuture<EventPage> events(long after, int pageSize) {
        return thread.ask(() -> {
            Stay here = joined();
            return asked(here, Requests.events(here.token(), after, pageSize))
                    .thenApply(reply -> new EventPage(reply.getEventsList(), reply.getLamportTime()));
        });
    }

    /**
     * Completes when the listener has been told of everything up to a Lamport time, for example that of one's own
     * publish. Has no deadline; fails when the session ends.
     */
    public CompletableFuture<Void> receivedUpTo(long lamportTime) {
        return thread.ask(() -> joined().reached(lamportTime, broadcast == null ? 0 : broadcast.cursor()));
    }

    /** The participant's own Lamport time now. */
    public long clock() {
        return wire.clock().read();
    }

    /** Ends the session without leaving: the service notices by itself. Waits up to a second; closing twice is fine. */
    @Override
    public void close() {
        thread.close(() -> end(new SessionEnd(SessionEnd.Reason.CLOSED, "")));
    }

    private CompletableFuture<Joined> doJoin(String name) {
        if (stay != null || joining) {
            throw new ChatException(Problem.ALREADY_JOINED, "already joined; leave first");
        }
        CompletableFuture<Entrance.Arrival> arrival = entrance.enter(name);
        joining = true;
        return arrival.whenComplete((arrived, failure) -> joining = false)
                .thenApply(arrived -> begin(arrived.stay(), arrived.reply()));
    }

    private Joined begin(Stay begun, JoinResponse reply) {
        if (thread.isClosed()) {
            begun.log().close();
            throw new ChatException(Problem.SESSION_ENDED, "the session is closed");
        }
        BroadcastReader reader = new BroadcastReader(wire, begun, new ReaderOf(begun));
        stay = begun;
        broadcast = reader;
        listener.stateChanged(ConnectionState.CONNECTING);
        reader.open();
        Duration window = Duration.ofSeconds(
                reply.getResumeWindow().getSeconds(), reply.getResumeWindow().getNanos());
        return new Joined(begun.name(), reply.getLamportTime(), reply.getEpoch(), window);
    }

    private CompletableFuture<Published> doPublish(String text) {
        Stay here = joined();
        MessageText.problem(text).ifPresent(problem -> {
            ErrorReason reason = ErrorReason.valueOf("TEXT_" + problem.name());
            throw new ChatException(Problem.REFUSED, reason, "the text " + problem.description(), null);
        });
        long sequence = here.nextSequence();
        Deadline deadline = wire.deadline(wire.settings().publishDeadline());
        return here.inOrder(() -> endIfUnknown(
                        here,
                        caller.call(
                                Requests.publish(here.token(), text, sequence),
                                here.log(),
                                deadline,
                                true,
                                here::isOver)))
                .thenApply(reply -> new Published(reply.getLamportTime(), sequence));
    }

    private CompletableFuture<Void> doLeave() {
        Stay here = joined();
        here.leave();
        Deadline deadline = wire.deadline(wire.settings().requestDeadline());
        CompletableFuture<Void> left =
                here.inOrder(() -> caller.call(Requests.leave(here.token()), here.log(), deadline, false, here::isOver)
                        .thenApply(reply -> (Void) null)
                        .exceptionallyCompose(ChatSession::unlessLeftAlready)
                        .thenCompose(nothing -> here.streamEnded(wire.thread(), STREAM_END_GRACE)));
        return left.whenComplete((nothing, failure) -> end(here, new SessionEnd(SessionEnd.Reason.LEFT, "")));
    }

    /** A Leave that finds no session happened already: by an attempt whose reply was lost, or the session expired. */
    private static CompletableFuture<Void> unlessLeftAlready(Throwable failure) {
        return ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<List<Participant>> moreParticipants(Stay here, String page, List<Participant> found) {
        return asked(here, Requests.participants(here.token(), page)).thenCompose(reply -> {
            found.addAll(reply.getParticipantsList());
            return reply.getNextPageToken().isEmpty()
                    ? CompletableFuture.completedFuture(List.copyOf(found))
                    : moreParticipants(here, reply.getNextPageToken(), found);
        });
    }

    private <Q, R> CompletableFuture<R> asked(Stay here, UnaryCall<Q, R> call) {
        Deadline deadline = wire.deadline(wire.settings().requestDeadline());
        return endIfUnknown(here, caller.call(call, here.log(), deadline, false, here::isOver));
    }

    private <R> CompletableFuture<R> endIfUnknown(Stay here, CompletableFuture<R> call) {
        return call.whenComplete((reply, failure) -> {
            if (failure != null && ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)) {
                end(here, new SessionEnd(SessionEnd.Reason.SESSION_UNKNOWN, ""));
            }
        });
    }

    private Stay joined() {
        Stay here = stay;
        if (here == null || here.isLeaving()) {
            throw new ChatException(Problem.NOT_JOINED, "not joined");
        }
        return here;
    }

    private void end(SessionEnd end) {
        if (stay != null) {
            end(stay, end);
        }
    }

    private void end(Stay ending, SessionEnd end) {
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

    /** Takes what one stay's Broadcast says; on the session thread. */
    private final class ReaderOf implements BroadcastReader.Reader {

        private final Stay reading;

        ReaderOf(Stay reading) {
            this.reading = reading;
        }

        @Override
        public void received(Event event, long clock) {
            listener.received(event, clock);
            reading.advancedTo(event.getLamportTime());
        }

        @Override
        public void caughtUp(long lamportTime, long clock) {
            listener.caughtUp(lamportTime, clock);
            reading.advancedTo(lamportTime);
        }

        @Override
        public void missed(long after, long before) {
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
            } else {
                ChatSession.this.end(reading, end);
            }
        }
    }
}
