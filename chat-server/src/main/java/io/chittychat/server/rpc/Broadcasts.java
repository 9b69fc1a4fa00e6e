package io.chittychat.server.rpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.Subscription;
import io.chittychat.v1.BroadcastRequest;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens Broadcasts: checks the cursor, has the room accept the reader, and hands it to the broadcaster.
 *
 * <p>Threading: calls come on the event loop of their connection.
 */
final class Broadcasts {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final Readers readers;
    private final SessionLeases leases;
    private final Checks checks;
    private final ServiceLog serviceLog;

    Broadcasts(
            CommandLog log,
            ParticipantRegistry participants,
            Readers readers,
            SessionLeases leases,
            Checks checks,
            ServiceLog serviceLog) {
        this.log = log;
        this.participants = participants;
        this.readers = readers;
        this.leases = leases;
        this.checks = checks;
        this.serviceLog = serviceLog;
    }

    void open(BroadcastRequest request, StreamObserver<BroadcastFrame> observer) {
        SessionId id = SessionTokens.sessionId(request.getSessionToken());
        leases.touch(id);
        Optional<Session> session = participants.find(id);
        Optional<Status> problem = checks.gate().read(id).or(() -> problem(request, session));
        if (problem.isPresent()) {
            refuse(request, session, problem.get(), observer);
        } else if (!leases.hold(id)) {
            refuse(request, session, Failures.sessionUnknown(), observer);
        } else {
            session.ifPresent(present -> attach(request, present, (ServerCallStreamObserver<BroadcastFrame>) observer));
        }
    }

    private Optional<Status> problem(BroadcastRequest request, Optional<Session> session) {
        if (!request.getEpoch().isEmpty() && !request.getEpoch().equals(readers.epoch())) {
            return Optional.of(Failures.epochChanged(readers.epoch()));
        }
        Optional<Status> lamportTime = checks.validation().lamportTime(request.getLamportTime());
        if (lamportTime.isPresent()) {
            return lamportTime;
        }
        if (session.isEmpty()) {
            return Optional.of(Failures.sessionUnknown());
        }
        return readers.history().reaches(cursor(request, session.get()))
                ? checks.validation().leap(request.getLamportTime())
                : Optional.of(Failures.resumePointGone(readers.history().kept()));
    }

    /** The place after which the reader is served; 0 stands for the one before its own join. */
    private static long cursor(BroadcastRequest request, Session session) {
        return request.getAfterLamportTime() == 0 ? session.joinedLamportTime() - 1 : request.getAfterLamportTime();
    }

    private void attach(BroadcastRequest request, Session session, ServerCallStreamObserver<BroadcastFrame> observer) {
        Attachment attachment = new Attachment(request, session, observer);
        log.submit(new Command.Attach(session.id(), request.getLamportTime()), attachment);
    }

    private void refuse(
            BroadcastRequest request,
            Optional<Session> session,
            Status status,
            StreamObserver<BroadcastFrame> observer) {
        String participant = session.map(Session::participant).orElse("");
        log(request, participant, 0, Code.forNumber(status.getCode()).name(), Failures.reason(status));
        observer.onError(StatusProto.toStatusRuntimeException(status));
    }

    private void log(BroadcastRequest request, String participant, long lamportOut, String outcome, String reason) {
        serviceLog.call(BroadcastStream.RPC, participant, request.getLamportTime(), lamportOut, outcome, reason);
    }

    /** A reader on its way through the room. */
    private final class Attachment implements Reply<Result.Attached> {

        private final BroadcastRequest request;
        private final Session session;
        private final BroadcastStream stream;
        private final ScheduledExecutorService loop = readers.loops().current();

        Attachment(BroadcastRequest request, Session session, ServerCallStreamObserver<BroadcastFrame> observer) {
            this.request = request;
            this.session = session;
            this.stream = new BroadcastStream(observer, session, readers.history(), serviceLog, this::ended);
        }

        @Override
        public void accepted(Result.Attached attached) {
            log(request, session.participant(), attached.lamportTime(), "OK", "");
            if (request.getAfterLamportTime() != 0) {
                serviceLog.resumed();
            }
            if (!stream.attached(attached.lamportTime())) {
                detach(attached.lamportTime());
            }
            serve(attached.lamportTime()); // also if the caller has gone away: the stream took the session over
        }

        private void serve(long attachedAt) {
            try {
                Subscription subscription = readers.broadcaster()
                        .subscribe(session.id(), stream, loop, cursor(request, session), attachedAt);
                stream.serving(subscription);
            } catch (RuntimeException | Error e) {
                stream.refuse(Failures.unreadable()); // nothing would ever be sent on it
                throw e;
            }
        }

        @Override
        public void refused(Refusal refusal) {
            stream.refuse(Failures.of(refusal));
        }

        /** The stream has ended, whoever ended it. */
        private void ended(long attachedAt) {
            if (attachedAt != 0) {
                detach(attachedAt);
            }
            leases.release(session.id());
        }

        private void detach(long attachedAt) {
            log.submit(new Command.Detach(session.id(), attachedAt), Reply.ignored());
        }
    }
}
