package io.chittychat.session;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.chittychat.error.ErrorReason;
import io.chittychat.text.SearchQuery;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.Participant;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Implements the contract in memory under one lock, with faults on request. It expires no session by itself. */
public final class FakeChatService extends ChatServiceGrpc.ChatServiceImplBase {

    private static final class Session {
        private final String name;
        private final String requestId;
        private final long joined;
        private final Map<Long, Long> published = new LinkedHashMap<>();
        private @Nullable StreamObserver<BroadcastResponse> stream;

        Session(String name, String requestId, long joined) {
            this.name = name;
            this.requestId = requestId;
            this.joined = joined;
        }
    }

    final List<JoinRequest> joins = new CopyOnWriteArrayList<>();
    final List<PublishRequest> publishes = new CopyOnWriteArrayList<>();
    final List<BroadcastRequest> broadcasts = new CopyOnWriteArrayList<>();
    private final List<Event> log = new ArrayList<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private LamportClock clock = new LamportClock();
    private String epoch = "epoch-1";
    private long oldest;
    private int tokens;
    private int lostReplies;
    private boolean ignoresPredecessors;
    private Supplier<Optional<Fault>> faults = Optional::empty;
    private Runnable afterPublish = () -> {};
    private Runnable beforeBroadcast = () -> {};
    private Optional<StatusRuntimeException> nextBroadcast = Optional.empty();
    private Duration resumeWindow = Duration.ZERO;
    private int breakAfter = Integer.MAX_VALUE;
    private Runnable afterBreak = () -> {};

    /** Loses the next unary replies, after their requests have taken effect. */
    synchronized void loseReplies(int count) {
        lostReplies = count;
    }

    /**
     * The failure of a unary call.
     *
     * @param done whether the request takes effect nevertheless
     */
    record Fault(boolean done, StatusRuntimeException error) {}

    /** Supplies the fault of each unary call. */
    synchronized void faults(Supplier<Optional<Fault>> faults) {
        this.faults = faults;
    }

    /** Ends all streams with an error. */
    synchronized void endStreams(StatusRuntimeException error) {
        for (Session session : sessions.values()) {
            if (session.stream != null) {
                session.stream.onError(error);
                session.stream = null;
            }
        }
    }

    /** Tells a resume window with each Join from now on; it expires no session. */
    synchronized void resumeWindow(Duration window) {
        resumeWindow = window;
    }

    /** Sends an empty message to all streams. */
    synchronized void beat() {
        sessions.values().stream()
                .map(session -> session.stream)
                .filter(Objects::nonNull)
                .forEach(stream -> stream.onNext(BroadcastResponse.getDefaultInstance()));
    }

    /** Makes the open streams silent, without an end. */
    synchronized void silenceStreams() {
        sessions.values().forEach(session -> session.stream = null);
    }

    /** Refuses the next Broadcast. */
    synchronized void refuseNextBroadcast(StatusRuntimeException error) {
        nextBroadcast = Optional.of(error);
    }

    /** Ends a participant's session as if it had given no sign of life. */
    synchronized void expire(String name) {
        for (var entry : List.copyOf(sessions.entrySet())) {
            Session session = entry.getValue();
            if (session.name.equals(name)) {
                sessions.remove(entry.getKey());
                append(EventType.EVENT_TYPE_LEFT, name, "Participant " + name + " left", 0, 0);
                if (session.stream != null) {
                    session.stream.onError(error(ErrorReason.SESSION_UNKNOWN));
                }
            }
        }
    }

    /** Loses what it knows of a participant's publishes before one, but not their events. */
    synchronized void forgetPublishesBefore(String name, long sequence) {
        sessions.values().stream()
                .filter(session -> session.name.equals(name))
                .forEach(session -> session.published.keySet().removeIf(known -> known < sequence));
    }

    /** Behaves as a service that does not know the field previous_sequence. */
    synchronized void ignorePredecessors() {
        ignoresPredecessors = true;
    }

    /** Runs once, after the next publish and before its reply. */
    synchronized void afterNextPublish(Runnable fault) {
        afterPublish = fault;
    }

    /** Runs once, before the next Broadcast is handled. */
    synchronized void beforeNextBroadcast(Runnable fault) {
        beforeBroadcast = fault;
    }

    /** Breaks the next Broadcast that has more events than a number, after those, and then runs a further fault. */
    synchronized void breakNextBroadcastAfter(int events, Runnable fault) {
        breakAfter = events;
        afterBreak = fault;
    }

    synchronized void forgetSessions() {
        sessions.clear();
    }

    synchronized void beginNewEpoch(String name) {
        epoch = name;
        log.clear();
        clock = new LamportClock();
    }

    /** Drops events before a time. */
    synchronized void keepFrom(long time) {
        oldest = time;
    }

    synchronized void clockAt(long time) {
        clock = new LamportClock(time);
    }

    /** Publishes a message of another participant. */
    synchronized long say(String participant, String text) {
        return append(EventType.EVENT_TYPE_PUBLISHED, participant, text, 0, 0);
    }

    synchronized List<Event> log() {
        return List.copyOf(log);
    }

    static StatusRuntimeException error(ErrorReason reason, Map<String, String> metadata) {
        return error(reason, metadata, Optional.empty());
    }

    /** A refusal with the time after which to try again. */
    static StatusRuntimeException errorForNow(ErrorReason reason, Duration delay) {
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(delay.getSeconds())
                        .setNanos(delay.getNano()))
                .build();
        return error(reason, Map.of(), Optional.of(Any.pack(retry)));
    }

    private static StatusRuntimeException error(
            ErrorReason reason, Map<String, String> metadata, Optional<Any> detail) {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setDomain(ErrorReason.DOMAIN)
                .setReason(reason.name())
                .putAllMetadata(metadata)
                .build();
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(reason.code().value())
                .setMessage("because of " + reason)
                .addDetails(Any.pack(info));
        detail.ifPresent(status::addDetails);
        return StatusProto.toStatusRuntimeException(status.build());
    }

    static StatusRuntimeException error(ErrorReason reason) {
        return error(reason, Map.of());
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> reply) {
        joins.add(request);
        answer(reply, () -> {
            for (var entry : sessions.entrySet()) {
                Session session = entry.getValue();
                if (session.name.equals(request.getParticipantName())) {
                    if (session.requestId.equals(request.getRequestId())) {
                        return joined(entry.getKey(), session);
                    }
                    throw error(ErrorReason.NAME_TAKEN);
                }
            }
            if (clock.isTooFarAhead(request.getLamportTime())) {
                throw error(ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD);
            }
            String name = request.getParticipantName();
            long time = append(
                    EventType.EVENT_TYPE_JOINED, name, "Participant " + name + " joined", request.getLamportTime(), 0);
            Session session = new Session(name, request.getRequestId(), time);
            String token = "token-" + ++tokens;
            sessions.put(token, session);
            return joined(token, session);
        });
    }

    private JoinResponse joined(String token, Session session) {
        return JoinResponse.newBuilder()
                .setSessionToken(token)
                .setLamportTime(session.joined)
                .setEpoch(epoch)
                .setResumeWindow(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(resumeWindow.getSeconds())
                        .setNanos(resumeWindow.getNano()))
                .build();
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> reply) {
        publishes.add(request);
        answer(reply, () -> {
            long time = published(request);
            Runnable fault = afterPublish;
            afterPublish = () -> {};
            fault.run();
            return PublishResponse.newBuilder()
                    .setLamportTime(time)
                    .setSequence(request.getSequence())
                    .build();
        });
    }

    /** Takes a publish that was under way for long. */
    synchronized void publishLate(PublishRequest request) {
        try {
            published(request);
        } catch (StatusRuntimeException e) {
            // nobody waits for it
        }
    }

    private long published(PublishRequest request) {
        Session session = session(request.getSessionToken());
        Long earlier = session.published.get(request.getSequence());
        if (earlier != null) {
            return earlier;
        }
        long previous = request.getPreviousSequence();
        if (!ignoresPredecessors && previous != 0 && !session.published.containsKey(previous)) {
            throw error(ErrorReason.SEQUENCE_GAP);
        }
        long time = append(
                EventType.EVENT_TYPE_PUBLISHED,
                session.name,
                request.getText(),
                request.getLamportTime(),
                request.getSequence());
        session.published.put(request.getSequence(), time);
        return time;
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> reply) {
        answer(reply, () -> {
            Session session = session(request.getSessionToken());
            sessions.remove(request.getSessionToken());
            if (session.stream != null) {
                session.stream.onCompleted();
            }
            long time = append(
                    EventType.EVENT_TYPE_LEFT,
                    session.name,
                    "Participant " + session.name + " left",
                    request.getLamportTime(),
                    0);
            return LeaveResponse.newBuilder().setLamportTime(time).build();
        });
    }

    @Override
    public void listParticipants(ListParticipantsRequest request, StreamObserver<ListParticipantsResponse> reply) {
        answer(reply, () -> {
            session(request.getSessionToken());
            // Two pages, to test paging.
            List<Session> present = List.copyOf(sessions.values());
            int from = request.getPageToken().isEmpty() ? 0 : 1;
            ListParticipantsResponse.Builder page = ListParticipantsResponse.newBuilder();
            for (Session session : present.subList(from, from == 0 ? 1 : present.size())) {
                page.addParticipants(
                        Participant.newBuilder().setName(session.name).setJoinedLamportTime(session.joined));
            }
            boolean more = from == 0 && present.size() > 1;
            return page.setNextPageToken(more ? "1" : "")
                    .setLamportTime(clock.read())
                    .build();
        });
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> reply) {
        answer(reply, () -> {
            session(request.getSessionToken());
            return ListEventsResponse.newBuilder()
                    .addAllEvents(after(request.getAfterLamportTime()))
                    .setLamportTime(clock.read())
                    .build();
        });
    }

    @Override
    public void searchEvents(SearchEventsRequest request, StreamObserver<SearchEventsResponse> reply) {
        answer(reply, () -> {
            session(request.getSessionToken());
            SearchQuery query = SearchQuery.of(request.getQuery());
            List<Event> found = new ArrayList<>(log.stream()
                    .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                    .filter(event -> query.matches(event.getText()))
                    .toList());
            Collections.reverse(found);
            int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            int to = Math.min(found.size(), from + 1); // one a page
            return SearchEventsResponse.newBuilder()
                    .addAllEvents(found.subList(from, to))
                    .setNextPageToken(to < found.size() ? "" + to : "")
                    .setLamportTime(clock.read())
                    .build();
        });
    }

    @Override
    public synchronized void broadcast(BroadcastRequest request, StreamObserver<BroadcastResponse> stream) {
        Runnable fault = beforeBroadcast;
        beforeBroadcast = () -> {};
        fault.run();
        broadcasts.add(request);
        // Without it, a message to a cancelled stream would throw.
        ((ServerCallStreamObserver<BroadcastResponse>) stream).setOnCancelHandler(() -> {});
        try {
            if (nextBroadcast.isPresent()) {
                StatusRuntimeException refusal = nextBroadcast.get();
                nextBroadcast = Optional.empty();
                throw refusal;
            }
            if (!request.getEpoch().equals(epoch)) {
                throw error(ErrorReason.EPOCH_CHANGED, Map.of("epoch", epoch));
            }
            Session session = session(request.getSessionToken());
            long cursor = request.getAfterLamportTime() == 0 ? session.joined - 1 : request.getAfterLamportTime();
            if (cursor < oldest - 1) {
                throw error(ErrorReason.RESUME_POINT_GONE, Map.of("oldest", "" + oldest));
            }
            long time = clock.witness(request.getLamportTime());
            List<Event> events = after(cursor);
            if (events.size() > breakAfter) {
                stream.onNext(BroadcastResponse.newBuilder()
                        .addAllEvents(events.subList(0, breakAfter))
                        .build());
                breakAfter = Integer.MAX_VALUE;
                afterBreak.run();
                throw io.grpc.Status.UNAVAILABLE.asRuntimeException();
            }
            stream.onNext(BroadcastResponse.newBuilder().addAllEvents(events).build());
            stream.onNext(BroadcastResponse.newBuilder()
                    .setCaughtUp(CaughtUp.newBuilder().setLamportTime(time))
                    .build());
            session.stream = stream;
        } catch (StatusRuntimeException e) {
            stream.onError(e);
        }
    }

    private synchronized <R> void answer(StreamObserver<R> reply, Supplier<R> work) {
        try {
            Optional<Fault> fault = faults.get();
            if (fault.isPresent() && !fault.get().done()) {
                throw fault.get().error();
            }
            R response = work.get();
            if (fault.isPresent()) {
                reply.onError(fault.get().error());
            } else if (lostReplies > 0) {
                lostReplies--;
                reply.onError(io.grpc.Status.UNAVAILABLE.withDescription("lost").asRuntimeException());
            } else {
                reply.onNext(response);
                reply.onCompleted();
            }
        } catch (StatusRuntimeException e) {
            reply.onError(e);
        }
    }

    private Session session(String token) {
        Session session = sessions.get(token);
        if (session == null) {
            throw error(ErrorReason.SESSION_UNKNOWN);
        }
        return session;
    }

    private List<Event> after(long time) {
        return log.stream().filter(event -> event.getLamportTime() > time).toList();
    }

    private long append(EventType type, String participant, String text, long received, long sequence) {
        long time = clock.witness(received);
        Event event = Event.newBuilder()
                .setLamportTime(time)
                .setType(type)
                .setParticipant(participant)
                .setText(type == EventType.EVENT_TYPE_PUBLISHED ? text : text + " Chitty-Chat at Lamport time " + time)
                .setParticipantLamportTime(received)
                .setSequence(sequence)
                .setPreviousLamportTime(
                        log.isEmpty() ? 0 : log.get(log.size() - 1).getLamportTime())
                .build();
        log.add(event);
        BroadcastResponse message =
                BroadcastResponse.newBuilder().addEvents(event).build();
        for (Session session : sessions.values()) {
            if (session.stream != null) {
                session.stream.onNext(message);
            }
        }
        return time;
    }
}
