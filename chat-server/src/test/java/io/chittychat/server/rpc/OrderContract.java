package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.time.LamportClock;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lamport times, and the order of events. */
interface OrderContract extends ContractFixture {

    @Test
    default void newcomerReceivesItsOwnJoinFirst() {
        join();
        Participant alice = join();
        Event first = alice.listen().until(1).events.get(0);
        assertThat(first.getLamportTime()).isEqualTo(alice.session.getLamportTime());
        assertThat(first.getType()).isEqualTo(EventType.EVENT_TYPE_JOINED);
        assertThat(first.getText())
                .isEqualTo("Participant %s joined Chitty-Chat at Lamport time %d"
                        .formatted(first.getParticipant(), first.getLamportTime()));
    }

    @Test
    default void allParticipantsReceiveTheSameEventsInTheSameOrder() {
        Participant alice = join();
        Participant bob = join();
        Participant carol = join();
        List<Participant> all = List.of(alice, bob, carol);
        List<Participant.Inbox> inboxes =
                all.stream().map(p -> p.listen(carol.session.getLamportTime())).toList();
        inboxes.forEach(Participant.Inbox::caughtUp);
        List<Thread> talkers = new ArrayList<>();
        for (Participant participant : all) {
            Thread talker = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    participant.publish("message " + i);
                }
            });
            talkers.add(talker);
            talker.start();
        }
        talkers.forEach(ChatContract::finish);
        inboxes.forEach(inbox -> inbox.until(600));

        assertThat(inboxes.get(0).times()).isSorted().doesNotHaveDuplicates();
        assertThat(inboxes.get(1).events).isEqualTo(inboxes.get(0).events);
        assertThat(inboxes.get(2).events).isEqualTo(inboxes.get(0).events);
        long previous = carol.session.getLamportTime();
        for (Event event : inboxes.get(0).events) {
            assertThat(event.getPreviousLamportTime()).isEqualTo(previous);
            previous = event.getLamportTime();
        }
    }

    @Test
    default void timeThatFollowsFromAReplyIsNeverTooFarAhead() {
        Participant alice = join();
        long time = alice.session.getLamportTime();
        for (int i = 0; i < 10; i++) {
            time += LamportClock.MAX_AHEAD;
            time = alice.calls()
                    .publish(alice.message("leap").setLamportTime(time).build())
                    .getLamportTime();
            PublishStreamClient stream = new PublishStreamClient(channel());
            time += LamportClock.MAX_AHEAD;
            stream.send(alice.message("leap").setLamportTime(time).build());
            stream.send(alice.message("after it").build());
            assertThat(stream.replies(2)).noneMatch(PublishResponse::hasError).isSortedAccordingTo(BY_TIME);
            time = stream.replies(2).get(1).getLamportTime();
            stream.complete();
        }
        time += LamportClock.MAX_AHEAD;
        Participant bob = Participant.of(
                channel(),
                Participant.calls(channel())
                        .join(JoinRequest.newBuilder()
                                .setParticipantName(ChatContract.name())
                                .setLamportTime(time)
                                .build()));
        time = bob.session.getLamportTime() + LamportClock.MAX_AHEAD;
        assertThat(bob.calls()
                        .leave(LeaveRequest.newBuilder()
                                .setSessionToken(bob.token())
                                .setLamportTime(time)
                                .build())
                        .getLamportTime())
                .isGreaterThan(time);
    }

    Comparator<PublishResponse> BY_TIME = Comparator.comparingLong(PublishResponse::getLamportTime);

    @Test
    default void publishIsOneEventAfterBothClocks() {
        Participant alice = join();
        long joined = alice.session.getLamportTime();
        PublishResponse answer = alice.calls()
                .publish(alice.message("hi")
                        .setLamportTime(joined + 100)
                        .setSequence(3)
                        .build());
        assertThat(answer.getLamportTime()).isEqualTo(joined + 101);
        assertThat(answer.getSequence()).isEqualTo(3);
        Event event = alice.listen().until(2).events.get(1);
        assertThat(event.getLamportTime()).isEqualTo(joined + 101);
        assertThat(event.getParticipantLamportTime()).isEqualTo(joined + 100);
        assertThat(event.getSequence()).isEqualTo(3);
        assertThat(event.getText()).isEqualTo("hi");
        assertThat(event.getRecordedAt().getSeconds()).isGreaterThan(1_700_000_000L);
    }

    @Test
    default void acceptedBroadcastIsAnEventOfTheService() {
        Participant alice = join();
        long time = alice.listen(0).caughtUp().caughtUp.get(0);
        assertThat(time).isEqualTo(alice.session.getLamportTime() + 1);
        assertThat(alice.publish("next")).isEqualTo(time + 1);
    }

    @Test
    default void readingAndRefusalsDoNotMoveTheClock() {
        Participant alice = join();
        long joined = alice.session.getLamportTime();
        alice.present();
        alice.history(0);
        alice.search("anything", 10);
        ChatContract.refused(() -> alice.search("", 10));
        ChatContract.refused(() -> alice.publish(""));
        ChatContract.refused(() -> alice.publish("x".repeat(129)));
        ChatContract.refused(() -> Participant.join(channel(), "server"));
        assertThat(alice.publish("next")).isEqualTo(joined + 1);
    }
}
