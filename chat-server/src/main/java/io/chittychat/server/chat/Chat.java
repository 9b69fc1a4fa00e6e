package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.v1.BroadcastRequest;
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
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;

/**
 * The operations of the chat. It checks what does not depend on the room's state, submits a command, and answers with
 * the command's outcome. Reads are answered from the timeline and the registry, without a command.
 *
 * <p>Threading: any thread may call it. The room thread gives the answers to commands, {@link Workers} those to reads; a
 * call that needs neither is refused on the calling thread.
 */
public final class Chat {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final Leases leases;
    private final Workers workers;
    private final String epoch;
    private final SessionTokens tokens = new SessionTokens(new SecureRandom());
    private final Gate gate;
    private final Validation validation;
    private final CatchingUp catchingUp;
    private final Listings listings;
    private final Searches searches;
    private final Broadcasts broadcasts;
    private final Publishing publishing;

    /**
     * Creates a chat.
     *
     * @param visible the read side of {@code log}
     */
    public Chat(
            CommandLog log,
            ParticipantRegistry participants,
            Leases leases,
            Gate gate,
            Validation validation,
            VisibleLog visible,
            Workers workers,
            ServiceLog serviceLog) {
        this.log = log;
        this.participants = participants;
        this.leases = leases;
        this.workers = workers;
        this.epoch = visible.epoch();
        this.gate = gate;
        this.validation = validation;
        this.catchingUp = new CatchingUp(log, validation, workers.lists());
        this.listings = new Listings(participants, visible.history());
        this.searches = new Searches(visible.messages(), workers.searches());
        this.broadcasts = new Broadcasts(log, participants, visible, leases, gate, validation, serviceLog);
        this.publishing = new Publishing(log, participants, leases, gate, validation, catchingUp, serviceLog);
    }

    /** Returns the log's identity. */
    public String epoch() {
        return epoch;
    }

    /** Returns the session of a token, and counts the call as a sign of life of that session. */
    public SessionId signOfLife(String token) {
        SessionId session = SessionTokens.sessionId(token);
        leases.touch(session);
        return session;
    }

    /** Makes the visitor a participant under the name that the request asks for. */
    public void join(JoinRequest request, Gate.Visitor visitor, Answer<JoinResponse> answer) {
        if (gate.joinMayBlock()) {
            workers.joins().run(visitor.origin(), answer::fail, () -> tryToJoin(request, visitor, answer), () -> {});
        } else {
            tryToJoin(request, visitor, answer);
        }
    }

    private void tryToJoin(JoinRequest request, Gate.Visitor visitor, Answer<JoinResponse> answer) {
        Optional<Status> problem = gate.join(request, visitor);
        if (problem.isPresent()) {
            answer.fail(problem.get());
        } else {
            catchingUp.run(request.getLamportTime(), () -> joinAdmitted(request, answer), answer::fail);
        }
    }

    private void joinAdmitted(JoinRequest request, Answer<JoinResponse> answer) {
        Optional<Status> problem = validation.join(request).or(() -> validation.leap(request.getLamportTime()));
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        SessionTokens.Issued issued = tokens.issue(request.getRequestId());
        Command.Join join = new Command.Join(
                ParticipantName.of(request.getParticipantName()),
                issued.session(),
                issued.key(),
                request.getLamportTime());
        log.submit(join, answer.whenAccepted(joined -> {
            leases.open(joined.session(), issued.session());
            String token = token(joined, issued, request.getRequestId());
            answer.succeed(joinResponse(joined, token), join.name().value(), joined.lamportTime());
        }));
    }

    /** A repeated join gets the token of the first one. */
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

    /** Publishes one message. */
    public void publish(SessionId session, PublishRequest request, Answer<PublishResponse> answer) {
        publishing.publish(session, request, answer);
    }

    /** Returns the part that publishes messages, for calls with many of them. */
    public Publishing publishing() {
        return publishing;
    }

    /**
     * Sends all events after the request's cursor, then new events as they come.
     *
     * @param thread serves the sink: the thread of the call's connection
     */
    public void read(SessionId session, BroadcastRequest request, EventSink sink, ScheduledExecutorService thread) {
        if (!log.mayBeBehind() || broadcasts.isKnown(session, request)) {
            broadcasts.open(session, request, sink, thread);
            return;
        }
        LateSink late = new LateSink(sink);
        log.whenCurrent(
                workers.lists().inSameCall(() -> broadcasts.open(session, request, late, thread)),
                () -> late.fail(Failures.behind()));
    }

    /** Ends a session for good. */
    public void leave(SessionId session, LeaveRequest request, Answer<LeaveResponse> answer) {
        catchingUp.run(request.getLamportTime(), () -> leaveNow(session, request, answer), answer::fail);
    }

    private void leaveNow(SessionId session, LeaveRequest request, Answer<LeaveResponse> answer) {
        Optional<Status> problem = validation
                .lamportTime(request.getLamportTime())
                .or(() -> validation.leap(request.getLamportTime(), () -> gate.isPresent(session)));
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        Command.Leave leave = new Command.Leave(session, request.getLamportTime());
        log.submit(leave, leases.holdUntilAnswered(session, answer.whenAccepted(left -> {
            leases.end(session);
            LeaveResponse response = LeaveResponse.newBuilder()
                    .setLamportTime(left.lamportTime())
                    .build();
            answer.succeed(response, left.participant(), left.lamportTime());
        })));
    }

    /** Lists the participants who are present. */
    public void listParticipants(
            SessionId session, ListParticipantsRequest request, Answer<ListParticipantsResponse> answer) {
        ifMayRead(
                session,
                answer,
                (caller, answered) -> workers.lists()
                        .run(caller, answer::fail, () -> listings.participants(request, caller, answer), answered));
    }

    /** Lists past events. */
    public void listEvents(SessionId session, ListEventsRequest request, Answer<ListEventsResponse> answer) {
        ifMayRead(
                session,
                answer,
                (caller, answered) -> workers.lists()
                        .run(caller, answer::fail, () -> listings.events(request, caller, answer), answered));
    }

    /** Searches the messages. */
    public void searchEvents(SessionId session, SearchEventsRequest request, Answer<SearchEventsResponse> answer) {
        Optional<Status> problem = validation.query(request.getQuery());
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        ifMayRead(session, answer, (caller, answered) -> searches.events(request, caller, answer, answered));
    }

    /**
     * Starts a read if the session may read now. The session is kept alive until the read is answered, because a read
     * may take longer than the resume window.
     *
     * @param read takes the participant's name, and a task to run once the read is answered
     */
    private void ifMayRead(SessionId session, Answer<?> answer, BiConsumer<String, Runnable> read) {
        leases.whenCurrent(
                session,
                workers.lists().inSameCall(() -> readIfPresent(session, answer, read)),
                () -> answer.fail(Failures.behind()));
    }

    private void readIfPresent(SessionId session, Answer<?> answer, BiConsumer<String, Runnable> read) {
        Optional<Status> problem = gate.read(session);
        Optional<Session> present = participants.find(session);
        if (problem.isPresent()) {
            answer.fail(problem.get());
        } else if (present.isEmpty() || !leases.holdUnlessExpiring(session)) {
            answer.fail(Failures.sessionUnknown());
        } else {
            read.accept(present.get().participant(), () -> leases.release(session));
        }
    }
}
