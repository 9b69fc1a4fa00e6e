package io.chittychat.server.rpc;

import com.google.rpc.Status;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import net.devh.boot.grpc.server.service.GrpcService;

/**
 * The contract's service: what is right whatever the room's state becomes a command, what comes of the command becomes
 * the reply. It only reads the clock and the registry; the room thread is their writer.
 *
 * <p>Threading: any thread; replies that depend on the room are sent by the room thread.
 */
@GrpcService
public class ChatService implements ChatServiceGrpc.AsyncService, BindableService {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final SessionLeases leases;
    private final ServiceLog serviceLog;
    private final Gate gate;
    private final String epoch;

    private final SessionTokens tokens = new SessionTokens(new SecureRandom());
    private final Validation validation;
    private final Checks checks;
    private final Listings listings;
    private final Searches searches;
    private final Workers workers;
    private final Broadcasts broadcasts;
    private final Set<PublishStream> publishStreams = ConcurrentHashMap.newKeySet();

    /** A service over a log and what it fills. */
    public ChatService(
            CommandLog log,
            LamportClock clock,
            ParticipantRegistry participants,
            Readers readers,
            SessionLeases leases,
            ServiceLog serviceLog,
            Gate gate) {
        this.log = log;
        this.participants = participants;
        this.leases = leases;
        this.serviceLog = serviceLog;
        this.gate = gate;
        this.epoch = readers.epoch();
        this.validation = new Validation(clock);
        this.checks = new Checks(gate, validation);
        this.listings = new Listings(participants, readers.history());
        this.searches = readers.searches();
        this.workers = readers.workers();
        this.broadcasts = new Broadcasts(log, participants, readers, leases, checks, serviceLog);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServiceBinding.bind(ChatServiceGrpc.bindService(this), broadcasts::open);
    }

    /** Ends the streams of publishers. To be called when the log is closed, so that all they sent is answered. */
    public void shutDown() {
        publishStreams.forEach(PublishStream::shutDown);
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> observer) {
        UnaryCall<JoinResponse> call =
                new UnaryCall<>(serviceLog, "Join", request.getParticipantName(), request.getLamportTime(), observer);
        Visitor visitor = Visitor.current();
        if (gate.joinMayBlock()) {
            workers.joins().run(visitor.origin(), call::fail, () -> join(request, visitor, call), () -> {});
        } else {
            join(request, visitor, call);
        }
    }

    private void join(JoinRequest request, Visitor visitor, UnaryCall<JoinResponse> call) {
        Optional<Status> problem = gate.join(request, visitor)
                .or(() -> validation.join(request))
                .or(() -> validation.leap(request.getLamportTime()));
        if (problem.isPresent()) {
            call.fail(problem.get());
            return;
        }
        SessionTokens.Issued issued = tokens.issue(request.getRequestId());
        Command.Join join = new Command.Join(
                ParticipantName.of(request.getParticipantName()),
                issued.session(),
                issued.key(),
                request.getLamportTime());
        log.submit(join, replyTo(call, joined -> {
            leases.open(joined.session(), issued.session());
            String token = token(joined, issued, request.getRequestId());
            call.succeed(joinResponse(joined, token), join.name().value(), joined.lamportTime());
        }));
    }

    /** A repeated join is given the token that the first one was given. */
    private static String token(Result.Joined joined, SessionTokens.Issued issued, String requestId) {
        Optional<JoinKey> key = joined.key();
        return joined.repeated() && key.isPresent()
                ? SessionTokens.derive(key.get().salt(), requestId)
                : issued.token();
    }

    private JoinResponse joinResponse(Result.Joined joined, String token) {
        return JoinResponse.newBuilder()
                .setSessionToken(token)
                .setLamportTime(joined.lamportTime())
                .setEpoch(epoch)
                .setResumeWindow(Failures.wire(leases.resumeWindow()))
                .build();
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> observer) {
        SessionId session = signOfLife(request.getSessionToken());
        UnaryCall<PublishResponse> call =
                new UnaryCall<>(serviceLog, "Publish", nameOf(session), request.getLamportTime(), observer);
        Optional<Status> problem = checks.publish(session, request);
        if (problem.isPresent()) {
            call.fail(problem.get());
            return;
        }
        Command.Publish publish =
                new Command.Publish(session, request.getText(), request.getSequence(), request.getLamportTime());
        long receivedAt = System.nanoTime();
        log.submit(publish, leases.aliveUntilTold(session, replyTo(call, published -> {
            serviceLog.acknowledged(receivedAt);
            PublishResponse response = PublishResponse.newBuilder()
                    .setLamportTime(published.lamportTime())
                    .setSequence(request.getSequence())
                    .build();
            call.succeed(response, published.participant(), published.lamportTime());
        })));
    }

    @Override
    public StreamObserver<PublishRequest> publishStream(StreamObserver<PublishResponse> observer) {
        PublishStream stream = new PublishStream(
                (ServerCallStreamObserver<PublishResponse>) observer,
                new PublishStream.Publishing(log, participants, leases, checks, serviceLog),
                publishStreams::remove);
        publishStreams.add(stream);
        stream.start();
        return stream;
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> observer) {
        SessionId session = signOfLife(request.getSessionToken());
        UnaryCall<LeaveResponse> call =
                new UnaryCall<>(serviceLog, "Leave", nameOf(session), request.getLamportTime(), observer);
        Optional<Status> problem = validation
                .lamportTime(request.getLamportTime())
                .or(() -> checks.leap(session, request.getLamportTime()));
        if (problem.isPresent()) {
            call.fail(problem.get());
            return;
        }
        Command.Leave leave = new Command.Leave(session, request.getLamportTime());
        log.submit(leave, leases.aliveUntilTold(session, replyTo(call, left -> {
            leases.end(session);
            LeaveResponse response = LeaveResponse.newBuilder()
                    .setLamportTime(left.lamportTime())
                    .build();
            call.succeed(response, left.participant(), left.lamportTime());
        })));
    }

    @Override
    public void listParticipants(ListParticipantsRequest request, StreamObserver<ListParticipantsResponse> observer) {
        SessionId session = signOfLife(request.getSessionToken());
        UnaryCall<ListParticipantsResponse> call =
                new UnaryCall<>(serviceLog, "ListParticipants", nameOf(session), 0, observer);
        ifMayRead(
                session,
                call,
                (caller, answered) -> workers.lists()
                        .run(caller, call::fail, () -> listings.participants(request, caller, call), answered::close));
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
        SessionId session = signOfLife(request.getSessionToken());
        UnaryCall<ListEventsResponse> call = new UnaryCall<>(serviceLog, "ListEvents", nameOf(session), 0, observer);
        ifMayRead(
                session,
                call,
                (caller, answered) -> workers.lists()
                        .run(caller, call::fail, () -> listings.events(request, caller, call), answered::close));
    }

    @Override
    public void searchEvents(SearchEventsRequest request, StreamObserver<SearchEventsResponse> observer) {
        SessionId session = signOfLife(request.getSessionToken());
        UnaryCall<SearchEventsResponse> call =
                new UnaryCall<>(serviceLog, "SearchEvents", nameOf(session), 0, observer);
        Optional<Status> problem = validation.query(request.getQuery());
        if (problem.isPresent()) {
            call.fail(problem.get());
            return;
        }
        ifMayRead(session, call, (caller, answered) -> searches.events(request, caller, call, answered::close));
    }

    /** Answers a call of a participant without the room. */
    private interface Read {

        /** @param answered to be closed when the call is answered */
        void answer(String participant, Hold answered);
    }

    /** Keeps a session alive until it is closed. */
    private interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** A read may take longer than the resume window: it keeps the session alive until it is answered. */
    private void ifMayRead(SessionId session, UnaryCall<?> call, Read read) {
        Optional<Status> problem = gate.read(session);
        Optional<Session> present = participants.find(session);
        if (problem.isPresent()) {
            call.fail(problem.get());
        } else if (present.isEmpty() || !leases.holdUnlessCondemned(session)) {
            call.fail(Failures.sessionUnknown());
        } else {
            read.answer(present.get().participant(), () -> leases.release(session));
        }
    }

    private SessionId signOfLife(String token) {
        SessionId session = SessionTokens.sessionId(token);
        leases.touch(session);
        return session;
    }

    private String nameOf(SessionId session) {
        return participants.find(session).map(Session::participant).orElse("");
    }

    private static <R extends Result> Reply<R> replyTo(UnaryCall<?> call, Consumer<R> accepted) {
        return new Reply<>() {
            @Override
            public void accepted(R result) {
                accepted.accept(result);
            }

            @Override
            public void refused(Refusal refusal) {
                call.refuse(refusal);
            }
        };
    }
}
