package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Joins, signs of life, leaves, and repeated requests. */
interface SessionContract extends ContractFixture {

    @Test
    default void leaverEndsBeforeItsLeftEventAndOthersReceiveItOnce() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox leaver = alice.listen().caughtUp();
        Participant.Inbox other = bob.listen().caughtUp();
        long left = alice.leave();
        assertThat(leaver.awaitEnd().isOk()).isTrue();
        assertThat(leaver.times()).doesNotContain(left);
        bob.publish("bye");
        other.until(3);
        assertThat(other.times()).containsOnlyOnce(left);
        assertThat(other.events.get(1).getText()).endsWith("left Chitty-Chat at Lamport time " + left);
        assertThat(ChatContract.refused(alice::leave)).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        assertThat(ChatContract.refused(() -> alice.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
    }

    @Test
    default void droppedParticipantLeavesOnceAfterTheWindow() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox others = bob.listen().caughtUp();
        alice.listen().caughtUp().cancel();
        others.until(2);
        assertThat(others.events.get(1).getType()).isEqualTo(EventType.EVENT_TYPE_LEFT);
        assertThat(ChatContract.refused(() -> alice.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        assertThat(others.events).hasSize(2);
    }

    @Test
    default void reconnectingWithinTheWindowAppendsNoEvent() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox others = bob.listen().caughtUp();
        for (int i = 0; i < 5; i++) {
            alice.listen().caughtUp().cancel();
        }
        alice.listen().caughtUp();
        alice.publish("here");
        others.until(2);
        assertThat(others.events.get(1).getText()).isEqualTo("here");
    }

    @Test
    default void anyCallIsASignOfLife() {
        Participant alice = join();
        Participant idle = join();
        String idleName = nameOf(idle);
        await().until(() -> !alice.present().contains(idleName));
        assertThat(alice.present()).contains(nameOf(alice));
        assertThat(ChatContract.refused(idle::present)).isEqualTo(ErrorReason.SESSION_UNKNOWN);
    }

    @Test
    default void leaveRacingWithALostConnectionLeavesOnce() {
        Participant witness = join();
        Participant.Inbox others = witness.listen().caughtUp();
        List<Participant> leavers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Participant leaver = join();
            leavers.add(leaver);
            Participant.Inbox inbox = leaver.listen();
            Thread cancelling = new Thread(inbox::cancel);
            cancelling.start();
            leaver.leave();
            ChatContract.finish(cancelling);
        }
        others.until(1 + 2 * leavers.size());
        assertThat(others.events.stream().filter(e -> e.getType() == EventType.EVENT_TYPE_LEFT))
                .extracting(Event::getParticipant)
                .doesNotHaveDuplicates()
                .hasSize(leavers.size());
    }

    @Test
    default void repeatedPublishAppendsNothing() {
        Participant alice = join();
        PublishRequest request = alice.message("once").setSequence(9).build();
        long time = alice.calls().publish(request).getLamportTime();
        assertThat(alice.calls().publish(request).getLamportTime()).isEqualTo(time);
        assertThat(alice.history(alice.session.getLamportTime())).hasSize(1);
    }

    @Test
    default void repeatedJoinReturnsTheSameSession() {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName(ChatContract.name())
                .setRequestId("f3a1")
                .build();
        JoinResponse first = Participant.calls(channel()).join(request);
        JoinResponse again = Participant.calls(channel()).join(request);
        assertThat(again).isEqualTo(first);
        assertThat(first.getResumeWindow().getNanos()).isEqualTo(700_000_000);
        assertThat(ChatContract.refused(() -> Participant.join(channel(), request.getParticipantName())))
                .isEqualTo(ErrorReason.NAME_TAKEN);
    }

    @Test
    default void tokensAreNotGuessable() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(join().token());
        }
        assertThat(tokens).hasSize(50).allMatch(token -> token.length() == 22); // 128 bits in Base64
    }
}
