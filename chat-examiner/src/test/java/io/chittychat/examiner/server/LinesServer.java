package io.chittychat.examiner.server;

import io.chittychat.examiner.server.lines.Answer;
import io.chittychat.examiner.server.lines.ChittyChatGrpc;
import io.chittychat.examiner.server.lines.Line;
import io.chittychat.examiner.server.lines.Name;
import io.chittychat.examiner.server.lines.Post;
import io.chittychat.examiner.server.lines.Ticket;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Broadcasts lines that are to be shown as they are, knows no times of clients, and says OK or not in each answer. */
public final class LinesServer extends ChittyChatGrpc.ChittyChatImplBase {

    private final SmallChat chat;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    public LinesServer(Set<Fault> faults) {
        chat = new SmallChat(faults);
    }

    @Override
    public void enter(Name request, StreamObserver<Answer> responses) {
        String ticket = UUID.randomUUID().toString();
        names.put(ticket, request.getName());
        answer(responses, Answer.newBuilder().setOk(true).setTicket(ticket).build());
    }

    @Override
    public void broadcast(Ticket request, StreamObserver<Line> responses) {
        String name = names.get(request.getTicket());
        if (name == null) {
            responses.onError(Status.UNAUTHENTICATED.asRuntimeException());
            return;
        }
        ServerCallStreamObserver<Line> stream = (ServerCallStreamObserver<Line>) responses;
        stream.setOnCancelHandler(() -> chat.lost(name));
        chat.join(name, new Ear<>(stream, LinesServer::line), 0);
    }

    @Override
    public void publish(Post request, StreamObserver<Answer> responses) {
        try {
            chat.publish(names.getOrDefault(request.getTicket(), "?"), request.getText(), 0);
            answer(responses, Answer.newBuilder().setOk(true).build());
        } catch (SmallChat.TooLong e) {
            answer(responses, Answer.newBuilder().setError(e.getMessage()).build());
        }
    }

    private static Line line(Told told) {
        String words = told.is("published") ? told.name() + ": " + told.text() : told.sentence();
        return Line.newBuilder()
                .setText("[%d] %s".formatted(told.time(), words))
                .build();
    }

    private static void answer(StreamObserver<Answer> responses, Answer answer) {
        responses.onNext(answer);
        responses.onCompleted();
    }
}
