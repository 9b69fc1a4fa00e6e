package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.Participant;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Deadline;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A participant: joins the chat, publishes, reads the log and leaves. It keeps its own Lamport clock, survives lost
 * connections, and may join again after it has left.
 *
 * <p>Threading: any thread may call any method, which returns at once. One thread, the session thread, does the work,
 * completes the futures and calls the listener; do not block it. Every future completes within the deadlines of
 * {@link SessionSettings}, and fails only with {@link ChatException}.
 *
 * <p>Text from the service is passed on untouched.
 */
public final class ChatSession implements AutoCloseable {

    /** A leaver's stream ends right before or after the reply to its Leave, so the wait for it can be short. */
    private static final Duration STREAM_END_GRACE = Duration.ofSeconds(1);

    private final CallContext context;
    private final SessionThread thread;
    private final UnaryCaller caller;
    private final CurrentMembership membership;
    private final Runnable disconnect;

    ChatSession(
            CallContext context,
            SessionThread thread,
            ChatListener unsafeListener,
            ParticipantLog.Factory logs,
            Runnable disconnect) {
        this.context = context;
        this.thread = thread;
        this.caller = new UnaryCaller(context);
        this.disconnect = disconnect;
        ChatListener listener = new SafeListener(unsafeListener);
        this.membership = new CurrentMembership(
                context, caller, listener, new Joiner(context, caller, logs, listener::logFailed));
    }

    /** As {@link #connect(String, ChannelCredentials)}, unencrypted. */
    public static ChatSessionBuilder connect(String server) {
        return connect(server, InsecureChannelCredentials.create());
    }

    /**
     * A session over a connection of its own to a service, which it closes. If the service has several addresses, the session
     * uses the first that answers, in a random order, and goes on to another one when that fails. TLS checks the certificate of
     * each address for its own host name.
     *
     * @param server HOST:PORT; several of them, as {@link ServiceAddresses#of} reads them; or any target that gRPC understands
     * @throws IllegalArgumentException if one of several addresses is not possible, with a message for the user
     */
    public static ChatSessionBuilder connect(String server, ChannelCredentials credentials) {
        return ChatSessionBuilder.connecting(server, credentials);
    }

    /** A session over a channel, which the caller shuts down. */
    public static ChatSessionBuilder builder(Channel channel) {
        return new ChatSessionBuilder(channel, false, Optional.empty());
    }

    /**
     * A session over a channel, which the caller shuts down.
     *
     * @param addresses those that the channel was made with
     */
    public static ChatSessionBuilder builder(ManagedChannel channel, ServiceAddresses addresses) {
        return new ChatSessionBuilder(channel, false, Optional.of(addresses));
    }

    /**
     * Joins the chat and begins to read it. Fails with NAME_INVALID without a call, with NAME_TAKEN, or at once with
     * {@link ChatException.Problem#UNREACHABLE} if it cannot connect.
     */
    public CompletableFuture<Joined> join(String name) {
        return thread.ask(() -> membership.join(name));
    }

    /**
     * Publishes a text. Publishes keep their order, since each is sent after the reply to the one before. Each is repeated
     * with the same sequence until it has a reply, so a publish that succeeds is in the chat once. Invalid text is refused
     * without a call.
     */
    public CompletableFuture<Published> publish(String text) {
        return thread.ask(() -> membership.publish(text));
    }

    /**
     * Leaves the chat after the earlier publishes; without those that wait for a new session. The session ends even if the service does not reply; then the service
     * lets it expire.
     */
    public CompletableFuture<Void> leave() {
        return thread.ask(this::doLeave);
    }

    /** The participants, in the order in which they joined. */
    public CompletableFuture<List<Participant>> participants() {
        return thread.ask(() -> moreParticipants(membership.connected(), "", new ArrayList<>()));
    }

    /**
     * A page of history.
     *
     * @param after only events after this Lamport time; 0 for the begin of the log
     * @param pageSize at most this many; 0 for the service's default
     */
    public CompletableFuture<EventPage> events(long after, int pageSize) {
        return thread.ask(() -> {
            Membership current = membership.connected();
            return asked(current, ServiceCalls.events(current.token(), after, pageSize))
                    .thenApply(reply -> new EventPage(reply.getEventsList(), reply.getLamportTime()));
        });
    }

    /**
     * Messages that have all words of a query, the newest first. The query is that of SearchEvents.
     *
     * @param max the greatest number of messages, more than 0
     */
    public CompletableFuture<List<Event>> search(String query, int max) {
        return thread.ask(() -> moreFound(membership.connected(), query, "", max, new ArrayList<>()));
    }

    /**
     * Completes when the listener has received everything up to a Lamport time, for example that of a publish. Has no
     * deadline; fails when the session ends.
     */
    public CompletableFuture<Void> receivedUpTo(long lamportTime) {
        return thread.ask(() -> membership.present().reached(lamportTime, membership.cursor()));
    }

    /** The participant's own Lamport time now. */
    public long clock() {
        return context.clock().read();
    }

    /** The participant's own Lamport time now, and the last steps that moved it there. */
    public ClockReading clockReading() {
        return context.clock().reading();
    }

    /**
     * The address of the service from which the session reads, or from which it read last; empty before it has read anything.
     */
    public Optional<String> address() {
        return context.connection().address();
    }

    /** Ends the session without leaving, so that the service lets it expire. Waits at most a second; may be called twice. */
    @Override
    public void close() {
        thread.close(membership::close);
        disconnect.run();
    }

    private CompletableFuture<Void> doLeave() {
        Membership current = membership.present();
        SessionEnd end = new SessionEnd(SessionEnd.Reason.LEFT, "");
        current.leave();
        if (current.isSessionLost()) {
            membership.end(current, end); // the service has no session to leave
            return CompletableFuture.completedFuture(null);
        }
        Deadline deadline = context.deadline(context.settings().requestDeadline());
        Supplier<CompletableFuture<Void>> leave =
                () -> caller.call(ServiceCalls.leave(current.token()), current.log(), deadline, false, current::isOver)
                        .thenApply(reply -> (Void) null)
                        .exceptionallyCompose(ChatSession::unlessLeftAlready)
                        .thenCompose(nothing -> current.streamEnded(context.thread(), STREAM_END_GRACE));
        // While the new session catches up, nothing is published, so there is nothing to wait for.
        CompletableFuture<Void> left = current.isSuspended() ? leave.get() : current.inOrder(leave);
        return left.whenComplete((nothing, failure) -> membership.end(current, end));
    }

    /** A Leave without a session has succeeded: an earlier attempt left, or the session expired. */
    private static CompletableFuture<Void> unlessLeftAlready(Throwable failure) {
        return ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<List<Participant>> moreParticipants(
            Membership current, String page, List<Participant> found) {
        return asked(current, ServiceCalls.participants(current.token(), page)).thenCompose(reply -> {
            found.addAll(reply.getParticipantsList());
            return reply.getNextPageToken().isEmpty()
                    ? CompletableFuture.completedFuture(List.copyOf(found))
                    : moreParticipants(current, reply.getNextPageToken(), found);
        });
    }

    private CompletableFuture<List<Event>> moreFound(
            Membership current, String query, String page, int max, List<Event> found) {
        return asked(current, ServiceCalls.search(current.token(), query, page, max - found.size()))
                .thenCompose(reply -> {
                    found.addAll(reply.getEventsList());
                    return reply.getNextPageToken().isEmpty() || found.size() >= max
                            ? CompletableFuture.completedFuture(List.copyOf(found))
                            : moreFound(current, query, reply.getNextPageToken(), max, found);
                });
    }

    private <Q, R> CompletableFuture<R> asked(Membership current, RepeatableCall<Q, R> call) {
        Deadline deadline = context.deadline(context.settings().requestDeadline());
        int generation = current.generation();
        return caller.call(
                        call,
                        current.log(),
                        deadline,
                        false,
                        () -> current.isOver() || current.generation() != generation)
                .whenComplete((reply, failure) -> {
                    if (failure != null && ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)) {
                        membership.unknown(current, generation);
                    }
                });
    }
}
