package io.chittychat.server.rpc;

import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A participant that makes the contract's calls directly. Its Lamport times are 0 unless a test sets them. */
final class Participant {

    final Channel channel;
    final JoinResponse session;

    private Participant(Channel channel, JoinResponse session) {
        this.channel = channel;
        this.session = session;
    }

    static Participant of(Channel channel, JoinResponse session) {
        return new Participant(channel, session);
    }

    static Participant join(Channel channel, String name) {
        return new Participant(
                channel,
                calls(channel)
                        .join(JoinRequest.newBuilder().setParticipantName(name).build()));
    }

    static ChatServiceBlockingStub calls(Channel channel) {
        return ChatServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    ChatServiceBlockingStub calls() {
        return calls(channel);
    }

    PublishRequest.Builder message(String text) {
        return PublishRequest.newBuilder().setSessionToken(token()).setText(text);
    }

    long publish(String text) {
        return calls().publish(message(text).build()).getLamportTime();
    }

    long leave() {
        return calls().leave(LeaveRequest.newBuilder().setSessionToken(token()).build())
                .getLamportTime();
    }

    void leaveIfPresent() {
        try {
            leave();
        } catch (StatusRuntimeException e) {
            if (ErrorReason.of(e).filter(ErrorReason.SESSION_UNKNOWN::equals).isEmpty()) {
                throw e;
            }
        }
    }

    List<String> present() {
        return calls()
                .listParticipants(ListParticipantsRequest.newBuilder()
                        .setSessionToken(token())
                        .setPageSize(1000)
                        .build())
                .getParticipantsList()
                .stream()
                .map(io.chittychat.v1.Participant::getName)
                .toList();
    }

    List<Event> history(long after) {
        return calls().listEvents(ListEventsRequest.newBuilder()
                        .setSessionToken(token())
                        .setAfterLamportTime(after)
                        .setPageSize(1000)
                        .build())
                .getEventsList();
    }

    /** One page of a search. */
    SearchEventsResponse search(String query, int pageSize, String pageToken) {
        return calls().searchEvents(SearchEventsRequest.newBuilder()
                .setSessionToken(token())
                .setQuery(query)
                .setPageSize(pageSize)
                .setPageToken(pageToken)
                .build());
    }

    /** All events of a search, read page by page. */
    List<Event> search(String query, int pageSize) {
        List<Event> found = new ArrayList<>();
        SearchEventsResponse page = search(query, pageSize, "");
        while (!page.getNextPageToken().isEmpty()) {
            found.addAll(page.getEventsList());
            page = search(query, pageSize, page.getNextPageToken());
        }
        found.addAll(page.getEventsList());
        return found;
    }

    String token() {
        return session.getSessionToken();
    }

    BroadcastRequest.Builder reading(long after) {
        return BroadcastRequest.newBuilder()
                .setSessionToken(token())
                .setEpoch(session.getEpoch())
                .setAfterLamportTime(after);
    }

    Inbox listen() {
        return listen(0);
    }

    Inbox listen(long after) {
        return new Inbox(channel, reading(after).build(), true);
    }

    /** As {@link #listen()}, with heartbeats. */
    Inbox listen(Duration heartbeatInterval) {
        return new Inbox(
                channel,
                reading(0)
                        .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(heartbeatInterval.getSeconds())
                                .setNanos(heartbeatInterval.getNano()))
                        .build(),
                true);
    }

    /** The responses of a Broadcast. */
    static final class Inbox extends ClientCall.Listener<BroadcastResponse> {

        final List<Event> events = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger heartbeats = new AtomicInteger();
        final List<Long> caughtUp = new CopyOnWriteArrayList<>();
        private final ClientCall<BroadcastRequest, BroadcastResponse> call;
        private final boolean reads;
        private volatile @Nullable Status status;
        private volatile com.google.rpc.@Nullable Status error;

        /** @param reads whether it requests responses; if not, it receives none before {@link #drain} */
        Inbox(Channel channel, BroadcastRequest request, boolean reads) {
            this.reads = reads;
            call = channel.newCall(ChatServiceGrpc.getBroadcastMethod(), CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.sendMessage(request);
            call.halfClose();
            if (reads) {
                call.request(1);
            }
        }

        @Override
        public void onMessage(BroadcastResponse response) {
            events.addAll(response.getEventsList());
            if (response.hasCaughtUp()) {
                caughtUp.add(response.getCaughtUp().getLamportTime());
            } else if (response.getEventsCount() == 0) {
                heartbeats.incrementAndGet();
            }
            if (reads) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status closed, Metadata trailers) {
            error = StatusProto.fromStatusAndTrailers(closed, trailers);
            status = closed;
        }

        void cancel() {
            call.cancel("enough", null);
        }

        /** Requests all further responses. */
        void drain() {
            call.request(Integer.MAX_VALUE);
        }

        Inbox caughtUp() {
            await().until(() -> !caughtUp.isEmpty());
            return this;
        }

        Inbox until(int count) {
            await().until(() -> events.size() >= count);
            return this;
        }

        List<String> texts() {
            return snapshot().stream().map(Event::getText).toList();
        }

        List<Long> times() {
            return snapshot().stream().map(Event::getLamportTime).toList();
        }

        private List<Event> snapshot() {
            synchronized (events) {
                return List.copyOf(events);
            }
        }

        Status awaitEnd() {
            await().until(() -> status != null);
            return Objects.requireNonNull(status);
        }

        com.google.rpc.Status awaitError() {
            awaitEnd();
            return Objects.requireNonNull(error);
        }
    }
}
