package io.chittychat.session;

import static io.chittychat.session.FakeChatService.error;
import static io.chittychat.session.FakeChatService.errorForNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.grpc.ChannelCredentials;
import io.grpc.EquivalentAddressGroup;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One service behind several addresses, of which some refuse, hang, break or answer that they are unavailable. */
@Execution(ExecutionMode.CONCURRENT)
class SeveralAddressesTest {

    private final FakeChatService service = new FakeChatService();
    private final RecordingListener heard = new RecordingListener();
    private final List<Server> servers = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Map<String, StatusRuntimeException> refusals = new ConcurrentHashMap<>();
    private @Nullable ManagedChannel channel;

    @SuppressWarnings("NullAway.Init")
    private ChatSession session;

    @AfterEach
    void stop() throws IOException {
        session.close();
        if (channel != null) {
            channel.shutdownNow();
        }
        for (Gate gate : gates) {
            gate.close();
        }
        servers.forEach(Server::shutdownNow);
    }

    @Test
    void anyAddressThatAnswersWillDo() throws Exception {
        List<Gate> three = gates(3);
        three.get(0).refuse();
        three.get(1).hang();
        for (long seed = 0; seed < 6; seed++) {
            connect(three, seed);
            long begin = System.nanoTime();
            get(session.join("alice" + seed));
            await().until(() -> session.address().isPresent());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

            assertThat(session.address())
                    .as("seed %d", seed)
                    .contains(three.get(2).address());
            assertThat(millis).as("milliseconds, seed %d", seed).isLessThan(8000); // a second for each that hangs
            stopSession();
        }
    }

    @Test
    void lastOfManyAnswersAfterTheDeadlineOfACall() throws Exception {
        List<Gate> five = gates(5);
        five.subList(1, 5).forEach(Gate::hang);
        connect(five, lastIs(five, 0));

        join();
        assertThat(session.address()).contains(five.get(0).address());
    }

    @Test
    void noAddressAnswers() throws Exception {
        List<Gate> three = gates(3);
        for (Gate gate : three) {
            gate.refuse();
        }
        connect(three, 1);

        assertThatThrownBy(() -> session.join("alice").get(3, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));
    }

    @Test
    void participantsSpread() throws Exception {
        List<Gate> three = gates(3);
        Map<String, Integer> where = new HashMap<>();
        for (long seed = 0; seed < 30; seed++) {
            connect(three, seed);
            get(session.join("alice" + seed));
            await().until(() -> session.address().isPresent());
            where.merge(session.address().orElseThrow(), 1, Integer::sum);
            stopSession();
        }
        assertThat(where)
                .hasSize(3)
                .allSatisfy((address, count) -> assertThat(count).isGreaterThanOrEqualTo(3));
    }

    @Test
    void lostConnectionIsResumedAtAnotherAddress() throws Exception {
        List<Gate> two = gates(2);
        connect(two, 1);
        join();
        Gate first = gateOf(two);
        get(session.publish("one"));

        first.refuse();
        service.say("bob", "two");
        get(session.publish("three"));
        await().until(() -> heard.states.contains(ConnectionState.RESUMED) && heard.events.size() == 4);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.missed).isEmpty();
        assertThat(gateOf(two)).isNotSameAs(first);

        first.open();
        gateOf(two).refuse();
        await().until(() -> gateOf(two) == first);
        get(session.publish("four"));
        await().until(() -> heard.events.size() == 5);
        assertThat(heard.events).isEqualTo(service.log());
    }

    @Test
    void addressThatAnswersOnlyThatItIsUnavailableIsLeft() throws Exception {
        List<Gate> two = List.of(node("a"), node("b"));
        connect(two, 1);
        join();
        Gate first = gateOf(two);

        // Longer than the deadline of a publish, so that it fails unless it is repeated elsewhere.
        refusals.put(
                two.indexOf(first) == 0 ? "a" : "b", errorForNow(ErrorReason.LOG_UNAVAILABLE, Duration.ofMinutes(1)));
        get(session.publish("one"));

        service.endStreams(error(ErrorReason.SHUTTING_DOWN));
        await().until(() -> gateOf(two) != first);
        get(session.publish("two"));
        await().until(() -> heard.events.size() == 3);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void joinIsRepeatedAtAnotherAddress() throws Exception {
        List<Gate> two = List.of(node("a"), node("b"));
        refusals.put("a", error(ErrorReason.SHUTTING_DOWN));
        connect(two, firstIs(two, 0));

        join();
        assertThat(gateOf(two)).isSameAs(two.get(1));
    }

    @Test
    void addressWithoutHeartbeatsIsLeftByOneWhoOnlyReads() throws Exception {
        service.resumeWindow(Duration.ofSeconds(2));
        List<Gate> two = gates(2);
        connect(two, 1);
        join();
        Gate first = gateOf(two);
        service.beat();
        service.say("bob", "after the heartbeat");
        await().until(() -> heard.texts().contains("after the heartbeat"));

        first.hang();
        service.say("bob", "hello");
        await().until(() -> gateOf(two) != first && heard.texts().contains("hello"));
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(service.broadcasts.get(0).getHeartbeatInterval().getNanos()).isEqualTo(500_000_000);
    }

    @Test
    void addressThatFallsSilentIsLeft() throws Exception {
        List<Gate> two = gates(2);
        connect(two, 1);
        join();
        Gate first = gateOf(two);

        first.hang();
        get(session.publish("one"));
        await().until(() -> gateOf(two) != first && heard.events.size() == 2);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.missed).isEmpty();
    }

    @Test
    void otherLogAtAnotherAddressIsBegunAnew() throws Exception {
        FakeChatService other = new FakeChatService();
        other.beginNewEpoch("epoch-2");
        other.say("bob", "before");
        List<Gate> two = List.of(gates(1).get(0), gate(serve(other, InsecureServerCredentials.create(), "other")));
        connect(two, firstIs(two, 0), true);
        join();
        get(session.publish("one"));

        two.get(0).refuse();
        await().until(() -> heard.states.contains(ConnectionState.LOST)); // so that the first log cannot have it
        assertThat(get(session.publish("two")).sequence()).isEqualTo(1);
        await().until(() -> heard.rejoins.contains(0L) && heard.texts().contains("two"));
        assertThat(heard.texts())
                .containsOnlyOnce("one")
                .containsOnlyOnce("two")
                .doesNotContain("before");
        assertThat(other.log()).hasSize(3);
    }

    @Test
    void otherLogEndsASessionThatDoesNotJoinAgain() throws Exception {
        FakeChatService other = new FakeChatService();
        other.beginNewEpoch("epoch-2");
        List<Gate> two = List.of(gates(1).get(0), gate(serve(other, InsecureServerCredentials.create(), "other")));
        connect(two, firstIs(two, 0), false);
        join();

        two.get(0).refuse();
        await().until(() -> heard.ends.contains(SessionEnd.Reason.EPOCH_CHANGED));
    }

    @Test
    void certificateIsCheckedForTheHostOfEachAddress() throws Exception {
        int port = serve(service, tls(), "tls");
        Gate right = gate(port);
        Gate wrong = new Gate(InetAddress.getByName("127.0.0.2"), port);
        gates.add(wrong);
        String both = "localhost:" + right.port() + ",127.0.0.2:" + wrong.port();
        for (long seed = 0; seed < 4; seed++) {
            connect(ServiceAddresses.of(both, new Random(seed)), trusting(), false);
            get(session.join("alice" + seed));
            await().until(() -> session.address().isPresent());
            assertThat(session.address()).as("seed %d", seed).contains("localhost:" + right.port());
            stopSession();
        }
        connect(ServiceAddresses.of("dns:///127.0.0.2:" + wrong.port()), trusting(), false);
        assertThatThrownBy(() -> session.join("bob").get(4, TimeUnit.SECONDS))
                .hasMessageContaining("its certificate is not valid");
        assertThat(service.log()).noneMatch(event -> event.getParticipant().equals("bob"));
    }

    @Test
    void nameInDnsHasSeveralAddresses() throws Exception {
        Gate gate = gates(1).get(0);
        connect(ServiceAddresses.of("dns:///localhost:" + gate.port()), InsecureChannelCredentials.create(), false);
        join();
        assertThat(session.address().orElseThrow()).startsWith("localhost:" + gate.port());
    }

    @Test
    void libraryConnectsToSeveral() throws Exception {
        List<Gate> two = gates(2);
        two.get(0).refuse();
        try (ChatSession own = ChatSession.connect(list(two)).build()) {
            session = own;
            get(own.join("alice"));
            await().until(() -> own.address().isPresent());
            assertThat(own.address()).contains(two.get(1).address());
        }
    }

    private void join() {
        get(session.join("alice"));
        await().until(() -> session.address().isPresent());
    }

    private Gate gateOf(List<Gate> all) {
        Optional<String> address = session.address();
        return all.stream()
                .filter(gate -> address.equals(Optional.of(gate.address())))
                .findFirst()
                .orElseThrow();
    }

    private List<Gate> gates(int count) throws IOException {
        int port = serve(service, InsecureServerCredentials.create(), "one");
        List<Gate> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(gate(port));
        }
        return made;
    }

    /** The address of a node of its own for the same service. */
    private Gate node(String name) throws IOException {
        return gate(serve(service, InsecureServerCredentials.create(), name));
    }

    private Gate gate(int port) throws IOException {
        Gate gate = new Gate(port);
        gates.add(gate);
        return gate;
    }

    private int serve(FakeChatService served, ServerCredentials credentials, String name) throws IOException {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                .addService(served)
                .intercept(new ServerInterceptor() {
                    @Override
                    public <Q, R> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                        StatusRuntimeException refusal = refusals.get(name);
                        if (refusal == null) {
                            return next.startCall(call, headers);
                        }
                        call.close(
                                refusal.getStatus(),
                                Objects.requireNonNullElseGet(refusal.getTrailers(), Metadata::new));
                        return new ServerCall.Listener<>() {};
                    }
                })
                .build()
                .start();
        servers.add(server);
        return server.getPort();
    }

    /** A seed for which the order begins with an address. */
    private static long firstIs(List<Gate> all, int index) {
        return Stream.iterate(0L, seed -> seed + 1)
                .filter(seed -> order(all, seed).get(0).equals(all.get(index).port()))
                .findFirst()
                .orElseThrow();
    }

    private static long lastIs(List<Gate> all, int index) {
        return Stream.iterate(0L, seed -> seed + 1)
                .filter(seed -> order(all, seed)
                        .get(all.size() - 1)
                        .equals(all.get(index).port()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> order(List<Gate> all, long seed) {
        return new AddressOrder(new Random(seed))
                        .of(all.stream()
                                .map(gate ->
                                        new EquivalentAddressGroup(new InetSocketAddress("127.0.0.1", gate.port())))
                                .toList())
                        .stream()
                        .map(group -> ((InetSocketAddress) group.getAddresses().get(0)).getPort())
                        .toList();
    }

    private void connect(List<Gate> to, long seed) {
        connect(to, seed, false);
    }

    private void connect(List<Gate> to, long seed, boolean rejoin) {
        connect(ServiceAddresses.of(list(to), new Random(seed)), InsecureChannelCredentials.create(), rejoin);
    }

    private static String list(List<Gate> gates) {
        return gates.stream().map(Gate::address).collect(Collectors.joining(","));
    }

    private void connect(ServiceAddresses addresses, ChannelCredentials credentials, boolean rejoin) {
        ManagedChannel made = addresses.channel(credentials).build();
        channel = made;
        session = ChatSession.builder(made, addresses)
                .settings(new SessionSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(20),
                        new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
                        rejoin))
                .listener(heard)
                .build();
    }

    private void stopSession() {
        get(session.leave());
        session.close();
        if (channel != null) {
            channel.shutdownNow();
        }
    }

    private static ServerCredentials tls() throws IOException {
        try (InputStream certificate = file("localhost.pem");
                InputStream key = file("localhost.key")) {
            return TlsServerCredentials.create(certificate, key);
        }
    }

    private static ChannelCredentials trusting() throws IOException {
        try (InputStream trusted = file("localhost.pem")) {
            return TlsChannelCredentials.newBuilder().trustManager(trusted).build();
        }
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(SeveralAddressesTest.class.getResourceAsStream("/tls/" + name), name);
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
