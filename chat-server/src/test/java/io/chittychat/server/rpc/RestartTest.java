package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.server.observe.ServiceLogLines;
import io.chittychat.server.store.StoreBackup;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A restart of the service: sessions, events, clock and epoch are the same afterwards. */
class RestartTest {

    @TempDir
    private Path directory;

    private final ServiceLogLines serviceLog = new ServiceLogLines();
    private ConfigurableApplicationContext service;
    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("restart").build();

    @BeforeEach
    void start() {
        service = new SpringApplicationBuilder(ChatServerApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> serviceLog.attach())
                .run(
                        "--chitty.store.file=" + directory.resolve("chitty.db"),
                        "--chitty.session.resume-window=2s",
                        "--chitty.timeline.max-bytes=1B",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=restart");
    }

    private void restart() {
        service.close();
        start();
    }

    @AfterEach
    void stop() {
        service.close();
        channel.shutdownNow();
    }

    @Test
    void sessionsResumeWithoutGapOrTrace() {
        Participant alice = Participant.join(channel, "alice");
        Participant bob = Participant.join(channel, "bob");
        Participant.Inbox before = alice.listen().caughtUp();
        long last = bob.publish("before");
        before.until(3);
        restart();

        long next = bob.publish("after");
        assertThat(next).isGreaterThan(last);
        Participant.Inbox after = alice.listen(last).caughtUp();
        assertThat(after.texts()).containsExactly("after");
        assertThat(after.events.get(0).getPreviousLamportTime()).isEqualTo(last);
        assertThat(alice.present()).containsExactly("alice", "bob");
        assertThat(alice.listen(0).until(4).texts()).endsWith("before", "after");
    }

    @Test
    void epochAndHistoryStay() {
        Participant alice = Participant.join(channel, "alice");
        for (int i = 0; i < 3000; i++) {
            alice.calls().publish(alice.message("message " + i).build());
        }
        List<Event> before = alice.history(0);
        restart();
        assertThat(alice.history(0)).isEqualTo(before).hasSize(1000);
        assertThat(Participant.join(channel, "bob").session.getEpoch()).isEqualTo(alice.session.getEpoch());
    }

    @Test
    void clockStaysAboveTheTimeOfAnAcceptedBroadcast() {
        Participant alice = Participant.join(channel, "alice");
        long told = alice.listen().caughtUp().caughtUp.get(0);
        restart();
        assertThat(alice.publish("after")).isGreaterThan(told);
    }

    @Test
    void publishRepeatedAfterTheRestartReturnsItsOriginalTime() {
        Participant alice = Participant.join(channel, "alice");
        PublishRequest request = alice.message("once").setSequence(7).build();
        long time = alice.calls().publish(request).getLamportTime();
        restart();
        assertThat(alice.calls().publish(request).getLamportTime()).isEqualTo(time);
        assertThat(alice.history(alice.session.getLamportTime())).hasSize(1);
    }

    @Test
    void joinRepeatedAfterTheRestartReturnsTheSameSession() {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName("alice")
                .setRequestId("a client's own")
                .build();
        JoinResponse before = Participant.calls(channel).join(request);
        restart();
        assertThat(Participant.calls(channel).join(request)).isEqualTo(before);
    }

    @Test
    void participantThatDoesNotReconnectLeavesOnce() {
        Participant alice = Participant.join(channel, "alice");
        Participant bob = Participant.join(channel, "bob");
        restart();
        Participant.Inbox inbox = alice.listen().until(3);
        assertThat(inbox.events.get(2).getType()).isEqualTo(EventType.EVENT_TYPE_LEFT);
        assertThat(inbox.events.get(2).getParticipant()).isEqualTo("bob");
        assertThat(ChatContract.refused(() -> bob.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        await().until(() -> alice.present().equals(List.of("alice")));
        assertThat(inbox.events).hasSize(3);
        assertThat(serviceLog.beginningWith("event=left"))
                .containsExactly("event=left participant=bob lamport_out="
                        + inbox.events.get(2).getLamportTime() + " cause=expired");
    }

    @Test
    void serviceLogHasTheEpochOfEachStart() {
        Participant alice = Participant.join(channel, "alice");
        long last = alice.publish("before");
        restart();
        String started = "event=started epoch=" + alice.session.getEpoch() + " lamport_out=";
        assertThat(serviceLog.beginningWith("event=started")).containsExactly(started + 0, started + last);
    }

    @Test
    void participantThatLeftStaysAbsent() {
        Participant alice = Participant.join(channel, "alice");
        alice.leave();
        restart();
        assertThat(ChatContract.refused(() -> alice.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        Participant.join(channel, "alice");
    }

    /** After a restart from a copy, later Lamport times belong to other events, so that clients must notice. */
    @Test
    void serviceOnACopyOfTheStoreHasAnotherEpoch() throws IOException {
        Participant alice = Participant.join(channel, "alice");
        alice.publish("before the copy");
        Path copy = directory.resolve("copy.db");
        assertThat(StoreBackup.copy(directory.resolve("chitty.db"), copy).events())
                .isEqualTo(3);
        long last = alice.publish("after the copy");
        service.close();
        replaceStoreBy(copy);
        start();

        Participant bob = Participant.join(channel, "bob");
        assertThat(bob.session.getEpoch()).isNotEqualTo(alice.session.getEpoch());
        assertThat(ChatContract.refused(() -> alice.calls()
                        .broadcast(alice.reading(last)
                                .setEpoch(alice.session.getEpoch())
                                .build())
                        .next()))
                .isEqualTo(ErrorReason.EPOCH_CHANGED);
        assertThat(bob.history(0))
                .extracting(Event::getText)
                .contains("before the copy")
                .doesNotContain("after the copy");
        assertThat(bob.search("copy", 10)).extracting(Event::getText).containsExactly("before the copy");
        Participant.join(channel, "alice"); // the name is free, because its session has ended in the copy
        assertThat(bob.history(0))
                .extracting(Event::getType)
                .containsExactly(
                        EventType.EVENT_TYPE_JOINED,
                        EventType.EVENT_TYPE_PUBLISHED,
                        EventType.EVENT_TYPE_LEFT,
                        EventType.EVENT_TYPE_JOINED,
                        EventType.EVENT_TYPE_JOINED);
    }

    private void replaceStoreBy(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> !path.equals(copy)).toList()) {
                if (!String.valueOf(file.getFileName())
                        .contains(".search")) { // the service must notice that this index is of another store
                    Files.delete(file);
                }
            }
        }
        Files.move(copy, directory.resolve("chitty.db"));
    }
}
