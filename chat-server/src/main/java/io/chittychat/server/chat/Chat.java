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
 * What participants can ask for. A request that is right whatever the room's state becomes a command, and what comes of the
 * command the answer; what is only read is read from the timeline.
 *
 * <p>Threading: any thread; answers that depend on the room are given by the room thread.
 */
public final class Chat {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final SessionLeases leases;
    private final Workers workers;
    private final String epoch;
    private final SessionTokens tokens = new SessionTokens(new SecureRandom());
    private final Gate gate;
    private final Validation validation;
    private final Listings listings;
    private final Searches searches;
    private final Broadcasts broadcasts;
    private final Publishing publishing;

    /** A chat over a log and what it fills. */
    public Chat(
            CommandLog log,
            ParticipantRegistry participants,
            SessionLeases leases,
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
        this.listings = new Listings(participants, visible.history());
        this.searches = new Searches(visible.messages(), workers.searches());
        this.broadcasts = new Broadcasts(log, participants, visible, leases, gate, validation, serviceLog);
        this.publishing = new Publishing(log, participants, leases, gate, validation, serviceLog);
    }

    /** The session of a token, which its owner shows by calling. */
    public SessionId signOfLife(String token) {
        SessionId session = SessionTokens.sessionId(token);
        leases.touch(session);
        return session;
    }

    /** Enters under a name. */
    public void join(JoinRequest request, Gate.Visitor visitor, Answer<JoinResponse> answer) {
        if (gate.joinMayBlock()) {
            workers.joins().run(visitor.origin(), answer::fail, () -> tryToJoin(request, visitor, answer), () -> {});
        } else {
            tryToJoin(request, visitor, answer);
        }
    }

    private void tryToJoin(JoinRequest request, Gate.Visitor visitor, Answer<JoinResponse> answer) {
        Optional<Status> problem = gate.join(request, visitor)
                .or(() -> validation.join(request))
                .or(() -> validation.leap(request.getLamportTime()));
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

    /** Says something. */
    public void publish(SessionId session, PublishRequest request, Answer<PublishResponse> answer) {
        publishing.publish(session, request, answer);
    }

    /** Publishes the messages of a stream. */
    public Publishing publishing() {
        return publishing;
    }

    /**
     * Sends everything after a cursor, and what comes.
     *
     * @param thread serves the sink: one thread, that of the call's connection
     */
    public void read(SessionId session, BroadcastRequest request, EventSink sink, ScheduledExecutorService thread) {
        broadcasts.open(session, request, sink, thread);
    }

    /** Leaves for good. */
    public void leave(SessionId session, LeaveRequest request, Answer<LeaveResponse> answer) {
        Optional<Status> problem = validation
                .lamportTime(request.getLamportTime())
                .or(() -> validation.leap(request.getLamportTime(), () -> gate.isPresent(session)));
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        Command.Leave leave = new Command.Leave(session, request.getLamportTime());
        log.submit(leave, leases.aliveUntilTold(session, answer.whenAccepted(left -> {
            leases.end(session);
            LeaveResponse response = LeaveResponse.newBuilder()
                    .setLamportTime(left.lamportTime())
                    .build();
            answer.succeed(response, left.participant(), left.lamportTime());
        })));
    }

    /** Tells who is present. */
    public void listParticipants(
            SessionId session, ListParticipantsRequest request, Answer<ListParticipantsResponse> answer) {
        ifMayRead(
                session,
                answer,
                (caller, answered) -> workers.lists()
                        .run(caller, answer::fail, () -> listings.participants(request, caller, answer), answered));
    }

    /** Tells what happened. */
    public void listEvents(SessionId session, ListEventsRequest request, Answer<ListEventsResponse> answer) {
        ifMayRead(
                session,
                answer,
                (caller, answered) -> workers.lists()
                        .run(caller, answer::fail, () -> listings.events(request, caller, answer), answered));
    }

    /** Finds what was said. */
    public void searchEvents(SessionId session, SearchEventsRequest request, Answer<SearchEventsResponse> answer) {
        Optional<Status> problem = validation.query(request.getQuery());
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        ifMayRead(session, answer, (caller, answered) -> searches.events(request, caller, answer, answered));
    }

    /**
     * A read may take longer than the resume window: it keeps the session alive until it is answered.
     *
     * @param read is given the participant's name, and what it has to run when it is answered
     */
    private void ifMayRead(SessionId session, Answer<?> answer, BiConsumer<String, Runnable> read) {
        Optional<Status> problem = gate.read(session);
        Optional<Session> present = participants.find(session);
        if (problem.isPresent()) {
            answer.fail(problem.get());
        } else if (present.isEmpty() || !leases.holdUnlessCondemned(session)) {
            answer.fail(Failures.sessionUnknown());
        } else {
            read.accept(present.get().participant(), () -> leases.release(session));
        }
    }
}
