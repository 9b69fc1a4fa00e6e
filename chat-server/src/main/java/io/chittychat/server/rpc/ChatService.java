package io.chittychat.server.rpc;

import io.chittychat.server.chat.Chat;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.transport.EventLoops;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.BroadcastRequest;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.devh.boot.grpc.server.service.GrpcService;

/**
 * The gRPC service of the contract: passes calls on to the {@link Chat}. It only reads the clock and the registry; the
 * room thread writes them.
 *
 * <p>Threading: any thread may call it; the room thread sends the replies that depend on the room.
 */
@GrpcService
public class ChatService implements ChatServiceGrpc.AsyncService, BindableService {

    private final Chat chat;
    private final LamportClock clock;
    private final ParticipantRegistry participants;
    private final EventLoops loops;
    private final ServiceLog serviceLog;
    private final Set<PublishStream> publishStreams = ConcurrentHashMap.newKeySet();

    /**
     * Creates a service.
     *
     * @param clock the service's clock
     */
    public ChatService(
            Chat chat, LamportClock clock, ParticipantRegistry participants, EventLoops loops, ServiceLog serviceLog) {
        this.chat = chat;
        this.clock = clock;
        this.participants = participants;
        this.loops = loops;
        this.serviceLog = serviceLog;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServiceBinding.bind(ChatServiceGrpc.bindService(this), this::read);
    }

    /** Logs the epoch before the first call, so that lines of different epochs can be distinguished. */
    public void start() {
        serviceLog.started(chat.epoch(), clock.read());
    }

    /** Ends all PublishStream calls. Call it after the log is closed: then every message that was taken is answered. */
    public void shutDown() {
        publishStreams.forEach(PublishStream::shutDown);
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> observer) {
        UnaryCall<JoinResponse> call =
                new UnaryCall<>(serviceLog, "Join", request.getParticipantName(), request.getLamportTime(), observer);
        chat.join(request, Visitors.current(), call);
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        chat.publish(session, request, call("Publish", session, request.getLamportTime(), observer));
    }

    @Override
    public StreamObserver<PublishRequest> publishStream(StreamObserver<PublishResponse> observer) {
        PublishStream stream = new PublishStream(
                (ServerCallStreamObserver<PublishResponse>) observer,
                chat.publishing(),
                serviceLog,
                loops.current(),
                publishStreams::remove);
        publishStreams.add(stream);
        stream.start();
        return stream;
    }

    /** Broadcast: its responses are slices that are encoded already. */
    private void read(BroadcastRequest request, StreamObserver<Slice> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        BroadcastStream stream = new BroadcastStream((ServerCallStreamObserver<Slice>) observer);
        chat.read(session, request, stream, loops.current());
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        chat.leave(session, request, call("Leave", session, request.getLamportTime(), observer));
    }

    @Override
    public void listParticipants(ListParticipantsRequest request, StreamObserver<ListParticipantsResponse> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        chat.listParticipants(session, request, call("ListParticipants", session, 0, observer));
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        chat.listEvents(session, request, call("ListEvents", session, 0, observer));
    }

    @Override
    public void searchEvents(SearchEventsRequest request, StreamObserver<SearchEventsResponse> observer) {
        SessionId session = chat.signOfLife(request.getSessionToken());
        chat.searchEvents(session, request, call("SearchEvents", session, 0, observer));
    }

    private <T> UnaryCall<T> call(String rpc, SessionId session, long lamportIn, StreamObserver<T> observer) {
        String participant =
                participants.find(session).map(Session::participant).orElse("");
        return new UnaryCall<>(serviceLog, rpc, participant, lamportIn, observer);
    }
}
