package io.chittychat.examiner.server;

import io.chittychat.examiner.server.onestream.ChatGrpc;
import io.chittychat.examiner.server.onestream.FromClient;
import io.chittychat.examiner.server.onestream.FromServer;
import io.chittychat.examiner.server.onestream.Said;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** One stream in both directions for everything. */
public final class OneStreamServer extends ChatGrpc.ChatImplBase {

    private final SmallChat chat;

    public OneStreamServer(Set<Fault> faults) {
        chat = new SmallChat(faults);
    }

    @Override
    public StreamObserver<FromClient> talk(StreamObserver<FromServer> responses) {
        return new Talk((ServerCallStreamObserver<FromServer>) responses);
    }

    private final class Talk implements StreamObserver<FromClient> {
        private final ServerCallStreamObserver<FromServer> responses;
        private String name = "";

        Talk(ServerCallStreamObserver<FromServer> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(FromClient message) {
            switch (message.getWhatCase()) {
                case JOIN -> {
                    name = message.getJoin().getNick();
                    chat.join(name, new Ear<>(responses, OneStreamServer::words), message.getLamport());
                }
                case SAY -> publish(message);
                case LEAVE -> chat.leave(name, message.getLamport());
                case WHAT_NOT_SET -> {}
            }
        }

        private void publish(FromClient message) {
            try {
                chat.publish(name, message.getSay(), message.getLamport());
            } catch (SmallChat.TooLong e) {
                synchronized (chat) {
                    responses.onNext(
                            FromServer.newBuilder().setRefused(e.getMessage()).build());
                }
            }
        }

        @Override
        public void onError(Throwable cause) {
            chat.lost(name);
        }

        @Override
        public void onCompleted() {
            chat.lost(name);
            responses.onCompleted();
        }
    }

    private static FromServer words(Told told) {
        FromServer.Builder message = FromServer.newBuilder().setLamport(told.time());
        return switch (told.kind()) {
            case "joined" -> message.setJoined(told.name()).build();
            case "left" -> message.setLeft(told.name()).build();
            default ->
                message.setSaid(Said.newBuilder().setNick(told.name()).setContent(told.text()))
                        .build();
        };
    }
}
