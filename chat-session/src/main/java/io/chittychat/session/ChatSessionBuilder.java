package io.chittychat.session;

import io.chittychat.v1.Event;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link ChatSession} together. Everything but the connection has a default. */
public final class ChatSessionBuilder {

    private final Channel channel;
    private final boolean own;
    private SessionSettings settings = SessionSettings.DEFAULT;
    private ChatListener listener = new ChatListener() {};
    private ParticipantLog.Factory logs = ParticipantLog.none();
    private RandomGenerator random = new SecureRandom();
    private @Nullable ScheduledExecutorService thread;
    private @Nullable CallCredentials credentials;

    /** @param own whether the channel is closed with the session */
    ChatSessionBuilder(Channel channel, boolean own) {
        this.channel = channel;
        this.own = own;
    }

    /** How patient the session is. Default: {@link SessionSettings#DEFAULT}. */
    public ChatSessionBuilder settings(SessionSettings settings) {
        this.settings = settings;
        return this;
    }

    /** Who hears of events. Default: nobody. */
    public ChatSessionBuilder listener(ChatListener listener) {
        this.listener = listener;
        return this;
    }

    /** Hears of every event, instead of a {@link #listener}; the text of an event is foreign and untouched. */
    public ChatSessionBuilder onEvent(Consumer<Event> consumer) {
        return listener(new ChatListener() {
            @Override
            public void received(Event event, long clock) {
                consumer.accept(event);
            }
        });
    }

    /** Whether to join again under the same name when the service no longer knows the session. Default: no. */
    public ChatSessionBuilder rejoin(boolean rejoin) {
        settings = settings.withRejoin(rejoin);
        return this;
    }

    /**
     * What a Join shows to a service that asks for it. Default: nothing, or the client certificate of the channel. A
     * service that refuses it fails the join with CREDENTIALS_INVALID or NAME_NOT_YOURS, which is not repeated.
     */
    public ChatSessionBuilder credentials(CallCredentials credentials) {
        this.credentials = credentials;
        return this;
    }

    /**
     * A bearer token as {@link #credentials}. It is not sent to other machines over connections that are not encrypted.
     *
     * @param token asked for before each attempt to join, so that a token that expires can be replaced
     */
    public ChatSessionBuilder token(Supplier<String> token) {
        return credentials(new BearerToken(token));
    }

    /** Where calls and events are logged. Default: nowhere. */
    public ChatSessionBuilder logs(ParticipantLog.Factory logs) {
        this.logs = logs;
        return this;
    }

    /** Draws request ids and jitter. Default: a secure one, since whoever guesses a request id could join by it. */
    public ChatSessionBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** The session thread: an executor of exactly one thread, which the caller shuts down. Default: an own one. */
    public ChatSessionBuilder thread(ScheduledExecutorService thread) {
        this.thread = thread;
        return this;
    }

    /** The session; it does nothing until it is asked to join. */
    public ChatSession build() {
        SessionThread sessionThread = thread == null ? SessionThread.create() : SessionThread.of(thread);
        // Left alone, a channel that cannot connect waits for up to two minutes before it tries again.
        Runnable reconnect = channel instanceof ManagedChannel managed ? managed::resetConnectBackoff : () -> {};
        Wire wire = new Wire(
                channel,
                sessionThread.executor(),
                new ParticipantClock(),
                settings,
                random,
                reconnect,
                Optional.ofNullable(credentials));
        Runnable disconnect = own && channel instanceof ManagedChannel managed ? managed::shutdownNow : () -> {};
        return new ChatSession(wire, sessionThread, listener, logs, disconnect);
    }
}
