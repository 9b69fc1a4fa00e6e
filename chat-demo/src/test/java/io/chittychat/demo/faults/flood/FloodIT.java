package io.chittychat.demo.faults.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.faults.witness.AttackedService;
import io.chittychat.demo.faults.witness.Latencies;
import io.chittychat.demo.faults.witness.ServiceLogWatch.Growth;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Floods the service with what no client sends, and holds it to what it owes to a healthy participant meanwhile, to its
 * log, and to the machine. {@code -Dchitty.flood-seconds=30} makes each flood longer,
 * {@code -Dchitty.floods='.*window.*'} takes those whose names fit.
 */
class FloodIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("chitty.flood-seconds", 1));
    private static final String NAMES = System.getProperty("chitty.floods", ".*");
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final int PROBE_MILLIS = 100;
    private static final int HISTORY = 1500; // events that the attacker can ask for
    private static final String LONG_TEXT = "\u00e4\u65e5\ud83d\ude00\u65e5".repeat(32);

    @TempDir
    private static Path dir;

    private static AttackedService service;
    private static ManagedChannel channel;
    private static String token;

    static Stream<Flood> floods() {
        return Stream.of(FrameFloods.all(), CallFloods.all(), ReaderFloods.all(), SocketFloods.all())
                .flatMap(List::stream)
                .filter(flood -> flood.name().matches(NAMES));
    }

    @BeforeAll
    static void start() {
        service = AttackedService.start(dir.resolve("run"), List.of("--chitty.session.resume-window=5m"));
        channel = ManagedChannelBuilder.forAddress(
                        service.grpc().getHostString(), service.grpc().getPort())
                .usePlaintext()
                .build();
        token = calls().join(
                        JoinRequest.newBuilder().setParticipantName("attacker").build())
                .getSessionToken();
        PublishRequest message = PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText(LONG_TEXT)
                .build();
        for (int i = 0; i < HISTORY; i++) {
            assertThat(calls().publish(message).getLamportTime()).isPositive();
        }
        quiet();
        service.hasWarmedUp();
        print("quiet", quiet(), service.log().look(), 0, 0);
    }

    private static ChatServiceBlockingStub calls() {
        return ChatServiceGrpc.newBlockingStub(channel);
    }

    /** What it is like without a flood. */
    private static Latencies quiet() {
        service.healthy().latencies();
        new Attack(service.grpc(), service.httpAddress(), "", QUIET).pause(QUIET.toMillis());
        return service.healthy().latencies();
    }

    /** What only shows when all floods are over. */
    @AfterAll
    static void stop() {
        try (AttackedService attacked = service) {
            assertThat(calls().leave(LeaveRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())
                            .getLamportTime())
                    .isPositive();
            attacked.awaitCalm();
            assertThat(attacked.healthy().compareWithHistory()).isPositive();
            assertThat(attacked.healthy().check()).isEmpty();
        } finally {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void floodHurtsNobodyElse(Flood flood) {
        service.log().look();
        service.healthy().latencies();
        Attack attack = new Attack(service.grpc(), service.httpAddress(), token, LENGTH);
        try (attack) {
            attack.begin(flood);
            while (attack.goesOn()) {
                assertThat(service.http().isHealthy()).as("health").isTrue();
                attack.pause(PROBE_MILLIS);
            }
            assertThat(service.healthy().check()).isEmpty();
        }
        Growth log = service.log().look();
        print(flood.name(), service.healthy().latencies(), log, attack.sent(), attack.cutOff());
        assertThat(log.troubles()).isEmpty();
        service.checkResources();
    }

    private static void print(String name, Latencies latencies, Growth log, long sent, long cutOff) {
        System.out.printf(
                "%-40s %s; %4d MB, %3d threads; log %7d KB; sent %5d MB, cut off %d times%n",
                name,
                latencies,
                service.status().residentMegabytes(),
                service.status().threads(),
                log.bytes() >> 10,
                sent >> 20,
                cutOff);
    }
}
