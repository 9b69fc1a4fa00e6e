package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three addresses of one service, of which any may refuse, hang, break or come back at any time while participants publish. */
@Execution(ExecutionMode.CONCURRENT)
class AddressFaultTest {

    private static final int ADDRESSES = 3;
    private static final int MESSAGES = 150;
    private static final int FAULTS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingIsSaidOnceAndHeardInOrder(long first) throws Exception {
        long seed = Long.getLong("chitty.seed", first);
        Random random = new Random(seed);
        FakeChatService service = new FakeChatService();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .build()
                .start();
        List<Gate> gates = new ArrayList<>();
        List<Participant> participants = new ArrayList<>();
        try {
            for (int i = 0; i < ADDRESSES; i++) {
                gates.add(new Gate(server.getPort()));
            }
            String addresses = gates.stream().map(Gate::address).collect(Collectors.joining(","));
            for (String name : List.of("alice", "bob")) {
                participants.add(new Participant(name, ServiceAddresses.of(addresses, new Random(random.nextLong()))));
            }
            participants.forEach(Participant::publishAll);
            for (int i = 0; i < FAULTS; i++) {
                change(gates, random);
                long progress = service.log().size() + random.nextInt(8);
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> service.log().size() >= progress || isComplete(service));
            }
            participants.forEach(Participant::awaitReplies);
            for (Gate gate : gates) {
                gate.open();
            }
            long end = service.say("carol", "the end");
            participants.forEach(participant -> participant.hears(end));
            for (Participant participant : participants) {
                assertThat(participant.heard.missed).as("seed %d", seed).isEmpty();
                assertThat(participant.heard.ends).as("seed %d", seed).isEmpty();
                assertThat(said(service.log(), participant.name))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(participant.texts);
                assertThat(participant.heard.events)
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(service.log().stream()
                                .dropWhile(event -> !isJoinOf(event, participant.name))
                                .toList());
                assertThat(participant.heard.states).as("seed %d", seed).contains(ConnectionState.RESUMED);
            }
        } finally {
            participants.forEach(Participant::close);
            for (Gate gate : gates) {
                gate.close();
            }
            server.shutdownNow();
        }
    }

    /** Changes one address; one of the three always answers. */
    private static void change(List<Gate> gates, Random random) throws Exception {
        int index = random.nextInt(gates.size());
        Gate gate = gates.get(index);
        switch (random.nextInt(5)) {
            case 0, 1 -> gate.cut();
            case 2 -> gate.refuse();
            case 3 -> gate.hang();
            default -> gate.open();
        }
        gates.get((index + 1 + random.nextInt(gates.size() - 1)) % gates.size()).open();
    }

    private static boolean isComplete(FakeChatService service) {
        return service.log().size() >= 2 + 2 * MESSAGES;
    }

    private static boolean isJoinOf(Event event, String name) {
        return event.getType() == EventType.EVENT_TYPE_JOINED
                && event.getParticipant().equals(name);
    }

    private static List<String> said(List<Event> log, String name) {
        return log.stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .filter(event -> event.getParticipant().equals(name))
                .map(Event::getText)
                .toList();
    }

    /** A session, its messages, and what it hears. */
    private static final class Participant {

        private final String name;
        private final RecordingListener heard = new RecordingListener();
        private final List<String> texts;
        private final ManagedChannel channel;
        private final ChatSession session;
        private List<CompletableFuture<Published>> replies = List.of();

        Participant(String name, ServiceAddresses addresses) {
            this.name = name;
            this.texts = IntStream.range(0, MESSAGES)
                    .mapToObj(i -> name + " says " + i)
                    .toList();
            this.channel = addresses
                    .channel(InsecureChannelCredentials.create())
                    .keepAliveTime(10, TimeUnit.SECONDS) // the shortest that gRPC allows
                    .keepAliveTimeout(1, TimeUnit.SECONDS)
                    .build();
            this.session = ChatSession.builder(channel, addresses)
                    .settings(new SessionSettings(
                            Duration.ofMillis(500),
                            Duration.ofSeconds(20),
                            Duration.ofMinutes(2),
                            new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)),
                            false))
                    .listener(heard)
                    .build();
            get(session.join(name));
        }

        void publishAll() {
            replies = texts.stream().map(session::publish).toList();
        }

        void awaitReplies() {
            replies.forEach(Participant::get);
        }

        void hears(long lamportTime) {
            get(session.receivedUpTo(lamportTime));
        }

        void close() {
            session.close();
            channel.shutdownNow();
        }

        private static <T> T get(CompletableFuture<T> future) {
            return future.orTimeout(60, TimeUnit.SECONDS).join();
        }
    }
}
