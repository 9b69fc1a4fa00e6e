package io.chittychat.server.chat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.BroadcastRequest;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens Broadcast calls: checks the cursor, then submits the command that attaches the reader.
 *
 * <p>Threading: any thread.
 */
final class Broadcasts {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final VisibleLog visible;
    private final Leases leases;
    private final Gate gate;
    private final Validation validation;
    private final ServiceLog serviceLog;

    Broadcasts(
            CommandLog log,
            ParticipantRegistry participants,
            VisibleLog visible,
            Leases leases,
            Gate gate,
            Validation validation,
            ServiceLog serviceLog) {
        this.log = log;
        this.participants = participants;
        this.visible = visible;
        this.leases = leases;
        this.gate = gate;
        this.validation = validation;
        this.serviceLog = serviceLog;
    }

    /** @param thread serves the sink: the thread of the call's connection */
    void open(SessionId id, BroadcastRequest request, EventSink sink, ScheduledExecutorService thread) {
        Optional<Session> session = participants.find(id);
        Optional<Status> problem = gate.read(id).or(() -> problem(request, session));
        if (problem.isPresent()) {
            refuse(request, session, problem.get(), sink);
        } else if (!leases.holdAttached(id)) {
            refuse(request, session, Failures.sessionUnknown(), sink);
        } else {
            session.ifPresent(present -> attach(request, present, sink, thread));
        }
    }

    /** Whether this process knows all that a request names; otherwise it may be behind other processes. */
    boolean isKnown(SessionId id, BroadcastRequest request) {
        return participants.find(id).isPresent()
                && !visible.history().view().isBehind(request.getAfterLamportTime())
                && validation.lamportTime(request.getLamportTime()).isEmpty();
    }

    private Optional<Status> problem(BroadcastRequest request, Optional<Session> session) {
        if (!request.getEpoch().isEmpty() && !request.getEpoch().equals(visible.epoch())) {
            return Optional.of(Failures.epochChanged(visible.epoch()));
        }
        Optional<Status> lamportTime = validation.lamportTime(request.getLamportTime());
        if (lamportTime.isPresent()) {
            return lamportTime;
        }
        if (session.isEmpty()) {
            return Optional.of(Failures.sessionUnknown());
        }
        return visible.history().reaches(cursor(request, session.get()))
                ? validation.leap(request.getLamportTime())
                : Optional.of(Failures.resumePointGone(visible.history().kept()));
    }

    /**
     * The Lamport time after which the reader is served; a cursor of 0 means the reader's own join and all after it.
     */
    private static long cursor(BroadcastRequest request, Session session) {
        return request.getAfterLamportTime() == 0 ? session.joinedLamportTime() - 1 : request.getAfterLamportTime();
    }

    private void attach(BroadcastRequest request, Session session, EventSink sink, ScheduledExecutorService thread) {
        Reading reading = new Reading(this, request, session, cursor(request, session), sink, thread);
        sink.open(reading::becameReady, reading::callerHasGone);
        log.submit(new Command.Attach(session.id(), request.getLamportTime()), reading);
    }

    private void refuse(BroadcastRequest request, Optional<Session> session, Status status, EventSink sink) {
        String participant = session.map(Session::participant).orElse("");
        log(request, participant, 0, Code.forNumber(status.getCode()).name(), Failures.reason(status));
        sink.fail(status);
    }

    void log(BroadcastRequest request, String participant, long lamportOut, String outcome, String reason) {
        serviceLog.call(Reading.RPC, participant, request.getLamportTime(), lamportOut, outcome, reason);
    }

    VisibleLog visible() {
        return visible;
    }

    ServiceLog serviceLog() {
        return serviceLog;
    }

    /**
     * A reading has ended.
     *
     * @param attachedAt the Lamport time at which it was attached; 0 if it was not
     */
    void ended(SessionId session, long attachedAt) {
        if (attachedAt != 0) {
            detach(session, attachedAt);
        }
        leases.releaseAttached(session);
    }

    void detach(SessionId session, long attachedAt) {
        log.submit(new Command.Detach(session, attachedAt), Reply.ignored());
    }
}
