package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.Participant;
import io.grpc.Channel;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
    private final Attendance attendance;
    private final Runnable disconnect;

    ChatSession(
            Wire wire,
            SessionThread thread,
            ChatListener unsafeListener,
            ParticipantLog.Factory logs,
            Runnable disconnect) {
        this.wire = wire;
        this.thread = thread;
        this.caller = new UnaryCaller(wire);
        this.disconnect = disconnect;
        ChatListener listener = new SafeListener(unsafeListener);
        this.attendance = new Attendance(wire, caller, listener, new Entrance(wire, caller, logs, listener::logFailed));
    }

    /**
     * A session with the service at an address, over a connection of its own, unencrypted, which is closed with it.
     *
     * @param server HOST:PORT, or any target that gRPC understands
     */
    public static ChatSessionBuilder connect(String server) {
        return new ChatSessionBuilder(Connection.to(server), true);
    }

    /** A session over a channel, which stays the caller's to shut down. */
    public static ChatSessionBuilder builder(Channel channel) {
        return new ChatSessionBuilder(channel, false);
    }

    /**
     * Enters the chat and begins to read it. Fails with NAME_INVALID without asking the service, with NAME_TAKEN, with
     * {@link ChatException.Problem#UNREACHABLE} at once if there is nothing to connect to.
     */
    public CompletableFuture<Joined> join(String name) {
        return thread.ask(() -> attendance.join(name));
    }

    /**
     * Says something. Publishes go out in the order in which they were asked for, each when the one before it is
     * answered, and are repeated under the same sequence until they are answered: a publish that succeeds is in the chat
     * once. Invalid text is refused without asking the service.
     */
    public CompletableFuture<Published> publish(String text) {
        return thread.ask(() -> attendance.publish(text));
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
        return thread.ask(() -> moreParticipants(attendance.connected(), "", new ArrayList<>()));
    }

    /**
     * History: a page of events.
     *
     * @param after only events after this Lamport time; 0 for the log's beginning
     * @param pageSize at most this many; 0 for the service's default
     */
    public CompletableFuture<EventPage> events(long after, int pageSize) {
        return thread.ask(() -> {
            Stay here = attendance.connected();
            return asked(here, Requests.events(here.token(), after, pageSize))
                    .thenApply(reply -> new EventPage(reply.getEventsList(), reply.getLamportTime()));
        });
    }

    /**
     * Messages by their words, the newest first, and at most a number of them; the query is that of SearchEvents.
     *
     * @param max more than 0
     */
    public CompletableFuture<List<Event>> search(String query, int max) {
        return thread.ask(() -> moreFound(attendance.connected(), query, "", max, new ArrayList<>()));
    }

    /**
     * Completes when the listener has been told of everything up to a Lamport time, for example that of one's own
     * publish. Has no deadline; fails when the session ends.
     */
    public CompletableFuture<Void> receivedUpTo(long lamportTime) {
        return thread.ask(() -> attendance.present().reached(lamportTime, attendance.cursor()));
    }

    /** The participant's own Lamport time now. */
    public long clock() {
        return wire.clock().read();
    }

    /** The participant's own Lamport time now, and what moved it there. */
    public ClockReading clockReading() {
        return wire.clock().reading();
    }

    /** Ends the session without leaving: the service notices by itself. Waits up to a second; closing twice is fine. */
    @Override
    public void close() {
        thread.close(attendance::close);
        disconnect.run();
    }

    private CompletableFuture<Void> doLeave() {
        Stay here = attendance.present();
        SessionEnd end = new SessionEnd(SessionEnd.Reason.LEFT, "");
        here.leave();
        if (here.isSuspended()) {
            attendance.end(here, end); // the service has no session to leave
            return CompletableFuture.completedFuture(null);
        }
        Deadline deadline = wire.deadline(wire.settings().requestDeadline());
        CompletableFuture<Void> left =
                here.inOrder(() -> caller.call(Requests.leave(here.token()), here.log(), deadline, false, here::isOver)
                        .thenApply(reply -> (Void) null)
                        .exceptionallyCompose(ChatSession::unlessLeftAlready)
                        .thenCompose(nothing -> here.streamEnded(wire.thread(), STREAM_END_GRACE)));
        return left.whenComplete((nothing, failure) -> attendance.end(here, end));
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

    private CompletableFuture<List<Event>> moreFound(Stay here, String query, String page, int max, List<Event> found) {
        return asked(here, Requests.search(here.token(), query, page, max - found.size()))
                .thenCompose(reply -> {
                    found.addAll(reply.getEventsList());
                    return reply.getNextPageToken().isEmpty() || found.size() >= max
                            ? CompletableFuture.completedFuture(List.copyOf(found))
                            : moreFound(here, query, reply.getNextPageToken(), max, found);
                });
    }

    private <Q, R> CompletableFuture<R> asked(Stay here, UnaryCall<Q, R> call) {
        Deadline deadline = wire.deadline(wire.settings().requestDeadline());
        int life = here.life();
        return caller.call(call, here.log(), deadline, false, () -> here.isOver() || here.life() != life)
                .whenComplete((reply, failure) -> {
                    if (failure != null && ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)) {
                        attendance.unknown(here, life);
                    }
                });
    }
}
