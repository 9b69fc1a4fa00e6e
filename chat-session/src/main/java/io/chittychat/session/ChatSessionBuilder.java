package io.chittychat.session;

import io.chittychat.v1.Event;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ChatSession}. Everything except the channel has a default. */
public final class ChatSessionBuilder {

    private static final long KEEPALIVE_SECONDS = 10;
    private static final long KEEPALIVE_TIMEOUT_SECONDS = 5;

    private final Channel channel;
    private final boolean own;
    private final Optional<ServiceAddresses> addresses;
    private SessionSettings settings = SessionSettings.DEFAULT;
    private ChatListener listener = new ChatListener() {};
    private ParticipantLog.Factory logs = ParticipantLog.none();
    private RandomGenerator random = new SecureRandom();
    private @Nullable ScheduledExecutorService thread;
    private @Nullable CallCredentials credentials;

    /** A session that connects when it joins, and detects a dead connection also in a quiet chat. */
    static ChatSessionBuilder connecting(String server, ChannelCredentials credentials) {
        boolean several = server.contains(",") || server.startsWith("dns:///");
        Optional<ServiceAddresses> addresses = several ? Optional.of(ServiceAddresses.of(server)) : Optional.empty();
        ManagedChannelBuilder<?> channel = addresses.isPresent()
                ? addresses.get().channel(credentials)
                : Grpc.newChannelBuilder(server, credentials);
        channel.keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true);
        return new ChatSessionBuilder(channel.build(), true, addresses);
    }

    /**
     * A builder.
     *
     * @param own whether the session closes the channel
     * @param addresses those of the channel, if it has several
     */
    ChatSessionBuilder(Channel channel, boolean own, Optional<ServiceAddresses> addresses) {
        this.channel = channel;
        this.own = own;
        this.addresses = addresses;
    }

    /** The deadlines and retries. Default: {@link SessionSettings#DEFAULT}. */
    public ChatSessionBuilder settings(SessionSettings settings) {
        this.settings = settings;
        return this;
    }

    /** The listener. Default: none. */
    public ChatSessionBuilder listener(ChatListener listener) {
        this.listener = listener;
        return this;
    }

    /** A consumer of all events, instead of a {@link #listener}. Their text comes from other participants, untouched. */
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
     * The credentials for joining. Default: none, or the client certificate of the channel. A join with refused credentials
     * fails with CREDENTIALS_INVALID or NAME_NOT_YOURS, and is not repeated.
     */
    public ChatSessionBuilder credentials(CallCredentials credentials) {
        this.credentials = credentials;
        return this;
    }

    /**
     * A bearer token as {@link #credentials}. It is sent to other machines over encrypted connections only.
     *
     * @param token supplies the token for each attempt to join, so that an expired token can be replaced
     */
    public ChatSessionBuilder token(Supplier<String> token) {
        return credentials(new BearerToken(token));
    }

    /** The log of calls and events. Default: none. */
    public ChatSessionBuilder logs(ParticipantLog.Factory logs) {
        this.logs = logs;
        return this;
    }

    /** Draws request ids and jitter. Default: a secure generator, since an attacker could join with a guessed request id. */
    public ChatSessionBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** The session thread: an executor of exactly one thread, which the caller shuts down. Default: a thread of its own. */
    public ChatSessionBuilder thread(ScheduledExecutorService thread) {
        this.thread = thread;
        return this;
    }

    /** The session, which does nothing before a join. */
    public ChatSession build() {
        SessionThread sessionThread = thread == null ? SessionThread.create() : SessionThread.of(thread);
        Connection connection =
                new Connection(channel, addresses, settings.backoff(), random, sessionThread.executor());
        CallContext context = new CallContext(
                connection,
                sessionThread.executor(),
                new ParticipantClock(),
                settings,
                random,
                Optional.ofNullable(credentials));
        Runnable disconnect = own && channel instanceof ManagedChannel managed ? managed::shutdownNow : () -> {};
        return new ChatSession(context, sessionThread, listener, logs, disconnect);
    }
}
