package io.chittychat.server.room;

import static io.chittychat.server.room.RoomFixture.join;
import static io.chittychat.server.room.RoomFixture.leave;
import static io.chittychat.server.room.RoomFixture.publish;
import static io.chittychat.server.room.RoomFixture.repeatableJoin;
import static io.chittychat.server.room.RoomFixture.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.time.LamportClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final RoomFixture room = new RoomFixture();

    @Test
    void acceptedCommandIsOneEventAfterBothClocks() {
        assertThat(room.accepted(join("alice", 1, 41)).lamportTime()).isEqualTo(42);
        assertThat(room.accepted(publish(1, 1, 7)).lamportTime()).isEqualTo(43);
        assertThat(room.accepted(leave(1, 100)).lamportTime()).isEqualTo(101);
    }

    @Test
    void eventsAreChainedAcrossAnAttach() {
        long joined = room.accepted(join("alice", 1, 1)).lamportTime();
        long attached = room.accepted(new Command.Attach(session(1), 3)).lamportTime();
        room.accepted(publish(1, 1, 5));

        assertThat(attached).isEqualTo(4);
        assertThat(room.newest().header().previousLamportTime()).isEqualTo(joined);
        assertThat(room.newest().header().lamportTime()).isEqualTo(6);
    }

    @Test
    void sentencesCarryTheEventsOwnTime() {
        room.accepted(join("alice", 1, 4));
        assertThat(room.newest().text()).isEqualTo("Participant alice joined Chitty-Chat at Lamport time 5");
        room.accepted(leave(1, 8));
        assertThat(room.newest().text()).isEqualTo("Participant alice left Chitty-Chat at Lamport time 9");
    }

    @Test
    void nameIsTakenWhileAPresentParticipantHasIt() {
        room.accepted(join("Straße", 1, 1));
        assertThat(room.refused(join("STRASSE", 2, 1))).isEqualTo(Refusal.NAME_TAKEN);
        room.accepted(leave(1, 1));
        room.accepted(join("STRASSE", 2, 1));
    }

    @Test
    void fullRoomRefusesNewcomersUntilAParticipantLeaves() {
        RoomFixture small = new RoomFixture(1);
        small.accepted(join("alice", 1, 1));
        assertThat(small.refused(join("bob", 2, 1))).isEqualTo(Refusal.ROOM_FULL);
        small.accepted(leave(1, 1));
        small.accepted(join("bob", 2, 1));
    }

    @Test
    void atTheEndOfTimeOnlyRepeatsAreAccepted() {
        RoomFixture late = new RoomFixture(100, new LamportClock(LamportClock.END - 2));
        late.accepted(repeatableJoin("alice", 1, 7));
        long last = late.accepted(publish(1, 1, LamportClock.END + LamportClock.MAX_AHEAD - 2))
                .lamportTime();

        assertThat(last).isBetween(LamportClock.END, (1L << 53) - 1);
        assertThat(late.refused(publish(1, 2, 0))).isEqualTo(Refusal.TIME_OVER);
        assertThat(late.refused(publish(1, 3, -1))).isEqualTo(Refusal.TIME_OVER);
        assertThat(late.refused(join("bob", 2, 0))).isEqualTo(Refusal.TIME_OVER);
        assertThat(late.refused(new Command.Attach(session(1), 0))).isEqualTo(Refusal.TIME_OVER);
        assertThat(late.refused(leave(1, 0))).isEqualTo(Refusal.TIME_OVER);
        assertThat(late.accepted(publish(1, 1, 0)).lamportTime()).isEqualTo(last);
        assertThat(late.accepted(repeatableJoin("alice", 9, 7)).repeated()).isTrue();
        assertThat(late.clock.read()).isEqualTo(last);
        assertThat(late.events).hasSize(2);
    }

    @Test
    void refusalChangesNothing() {
        room.accepted(join("alice", 1, 1));
        long time = room.clock.read();
        assertThat(room.refused(publish(9, 1, 50))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.refused(leave(9, 50))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.refused(new Command.Attach(session(9), 50))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.refused(new Command.Expire(session(9), session(9)))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.clock.read()).isEqualTo(time);
        assertThat(room.events).hasSize(1);
    }

    @Test
    void repeatedPublishReturnsTheOriginalTime() {
        room.accepted(join("alice", 1, 1));
        long original = room.accepted(publish(1, 7, 3)).lamportTime();
        room.accepted(publish(1, 8, 5));
        Result.Published repeated = room.accepted(publish(1, 7, 90));

        assertThat(repeated.lamportTime()).isEqualTo(original);
        assertThat(repeated.repeated()).isTrue();
        assertThat(room.events).hasSize(3);
        assertThat(room.clock.read()).isLessThan(90);
    }

    @Test
    void sequenceZeroIsNeverARepeat() {
        room.accepted(join("alice", 1, 1));
        room.accepted(publish(1, 0, 1));
        room.accepted(publish(1, 0, 1));
        assertThat(room.events).hasSize(3);
    }

    @Test
    void eachSessionHasItsOwnSequences() {
        room.accepted(join("alice", 1, 1));
        room.accepted(join("bob", 2, 1));
        room.accepted(publish(1, 1, 1));
        assertThat(room.accepted(publish(2, 1, 1)).repeated()).isFalse();
    }

    @Test
    void theLast256SequencesAreRemembered() {
        room.accepted(join("alice", 1, 1));
        for (int i = 1; i <= 257; i++) {
            room.accepted(publish(1, i * 256L, 1));
        }
        assertThat(room.accepted(publish(1, 2 * 256L, 1)).repeated()).isTrue();
        assertThat(room.accepted(publish(1, 257 * 256L, 1)).repeated()).isTrue();
        assertThat(room.refused(publish(1, 256L, 1))).isEqualTo(Refusal.SEQUENCE_FORGOTTEN);
    }

    @Test
    void publishWhosePredecessorWasNotSeenIsRefusedUntilItIs() {
        room.accepted(join("alice", 1, 1));
        room.accepted(publishAfter(0, 7));
        assertThat(room.refused(publishAfter(8, 9))).isEqualTo(Refusal.SEQUENCE_GAP);
        long eighth = room.accepted(publishAfter(7, 8)).lamportTime();
        assertThat(room.accepted(publishAfter(8, 9)).lamportTime()).isGreaterThan(eighth);
        assertThat(room.accepted(publishAfter(7, 8)).lamportTime()).isEqualTo(eighth);
        assertThat(room.participants.find(session(1)).orElseThrow().newestSequence())
                .isEqualTo(9);
    }

    @Test
    void predecessorThatMayBeForgottenCountsAsSeen() {
        room.accepted(join("alice", 1, 1));
        for (int i = 1; i <= 300; i++) {
            room.accepted(publishAfter(i - 1, i));
        }
        assertThat(room.accepted(publishAfter(20, 301)).repeated()).isFalse();
        assertThat(room.refused(publishAfter(303, 302))).isEqualTo(Refusal.SEQUENCE_GAP);
    }

    private static Command.Publish publishAfter(long previous, long sequence) {
        return new Command.Publish(session(1), "text", sequence, previous, 1);
    }

    @Test
    void sequencesAreUnsigned() {
        room.accepted(join("alice", 1, 1));
        room.accepted(publish(1, -1L, 1));
        room.accepted(publish(1, 5, 1));
        assertThat(room.accepted(publish(1, -1L, 1)).repeated()).isTrue();
        assertThat(room.accepted(publish(1, 5, 1)).repeated()).isTrue();
    }

    @Test
    void repeatedJoinReturnsTheSameSessionAndItsKey() {
        Result.Joined first = room.accepted(repeatableJoin("alice", 1, 77));
        Result.Joined again = room.accepted(repeatableJoin("alice", 2, 77));

        assertThat(again.session()).isEqualTo(first.session());
        assertThat(again.lamportTime()).isEqualTo(first.lamportTime());
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.repeated()).isTrue();
        assertThat(room.events).hasSize(1);
    }

    @Test
    void joinWithTheSameRequestIdAndAnotherNameIsNoRepeat() {
        room.accepted(repeatableJoin("alice", 1, 77));
        assertThat(room.accepted(repeatableJoin("bob", 2, 77)).repeated()).isFalse();
        assertThat(room.refused(repeatableJoin("alice", 3, 78))).isEqualTo(Refusal.NAME_TAKEN);
        assertThat(room.refused(join("alice", 4, 1))).isEqualTo(Refusal.NAME_TAKEN);
    }

    @Test
    void joinOfAnAttachedSessionCanBeRepeatedOnlyWithinTheResumeWindow() {
        room.accepted(repeatableJoin("alice", 1, 77));
        room.accepted(new Command.Attach(session(1), 2));
        room.now = room.now.plus(RoomFixture.WINDOW);
        assertThat(room.accepted(repeatableJoin("alice", 2, 77)).repeated()).isTrue();
        room.now = room.now.plusMillis(1);
        assertThat(room.refused(repeatableJoin("alice", 2, 77))).isEqualTo(Refusal.NAME_TAKEN);
    }

    @Test
    void joinWhoseAnswerMayBeLostCanBeRepeatedAsLongAsItsSessionLives() {
        room.accepted(repeatableJoin("alice", 1, 77));
        room.now = room.now.plus(RoomFixture.WINDOW).plusMillis(1);
        assertThat(room.refused(repeatableJoin("alice", 2, 78))).isEqualTo(Refusal.NAME_TAKEN);
        assertThat(room.accepted(repeatableJoin("alice", 2, 77)).repeated()).isTrue();
    }

    @Test
    void joinAfterALeaveIsNoRepeat() {
        room.accepted(repeatableJoin("alice", 1, 77));
        room.accepted(leave(1, 1));
        assertThat(room.accepted(repeatableJoin("alice", 2, 77)).repeated()).isFalse();
    }

    @Test
    void sessionWithAReaderDoesNotExpire() {
        room.accepted(join("alice", 1, 1));
        long attached = room.accepted(new Command.Attach(session(1), 2)).lamportTime();
        assertThat(room.refused(new Command.Expire(session(1), session(1)))).isEqualTo(Refusal.SESSION_ALIVE);
        room.accepted(new Command.Detach(session(1), attached));
        room.accepted(new Command.Expire(session(1), session(1)));
        assertThat(room.newest()).isInstanceOf(Event.Left.class);
        assertThat(room.newest().header().participantLamportTime()).isZero();
    }

    @Test
    void endOfASupersededReaderLeavesTheNewerOneAttached() {
        room.accepted(join("alice", 1, 1));
        long older = room.accepted(new Command.Attach(session(1), 2)).lamportTime();
        room.accepted(new Command.Attach(session(1), 3));
        room.accepted(new Command.Detach(session(1), older));
        assertThat(room.refused(new Command.Expire(session(1), session(1)))).isEqualTo(Refusal.SESSION_ALIVE);
    }

    @Test
    void timeFromFarAheadIsCapped() {
        room.accepted(join("alice", 1, 1));
        long before = room.clock.read();
        assertThat(room.accepted(publish(1, 1, Long.MAX_VALUE)).lamportTime())
                .isEqualTo(before + LamportClock.MAX_AHEAD + 1);
        assertThat(room.accepted(publish(1, 2, -1L)).lamportTime())
                .isEqualTo(before + 2 * (LamportClock.MAX_AHEAD + 1));
    }

    @Test
    void expiryIsRefusedAfterARepeatedJoin() {
        room.accepted(repeatableJoin("alice", 1, 77));
        room.accepted(repeatableJoin("alice", 2, 77));
        assertThat(room.refused(new Command.Expire(session(1), session(1)))).isEqualTo(Refusal.SESSION_ALIVE);
        room.accepted(new Command.Expire(session(1), session(2)));
    }

    @Test
    void withoutSpaceForMessagesRepeatsAndRefusalsAreAnsweredAsUsual() {
        room.accepted(join("alice", 1, 1));
        long first = room.accepted(publish(1, 1, 2)).lamportTime();
        room.space = Turn.Space.NO_MESSAGES;
        assertThat(room.accepted(publish(1, 1, 9))).isEqualTo(new Result.Published("alice", first, true));
        assertThat(room.refused(publish(9, 1, 9))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.refused(publish(1, 2, 9))).isEqualTo(Refusal.STORE_FULL);
        room.accepted(join("bob", 2, 1));
        room.accepted(new Command.Attach(session(2), 1));
        room.accepted(leave(2, 1));
    }

    @Test
    void withoutAnySpaceOnlyCommandsWithoutAnEventAreAccepted() {
        room.accepted(repeatableJoin("alice", 1, 77));
        long first = room.accepted(publish(1, 1, 2)).lamportTime();
        long attached = room.accepted(new Command.Attach(session(1), 2)).lamportTime();
        room.space = Turn.Space.NONE;
        assertThat(room.accepted(publish(1, 1, 9)).lamportTime()).isEqualTo(first);
        assertThat(room.accepted(repeatableJoin("alice", 2, 77)).repeated()).isTrue();
        assertThat(room.refused(join("alice", 3, 1))).isEqualTo(Refusal.NAME_TAKEN);
        assertThat(room.refused(leave(9, 1))).isEqualTo(Refusal.SESSION_UNKNOWN);
        assertThat(room.refused(join("bob", 2, 1))).isEqualTo(Refusal.STORE_FULL);
        assertThat(room.refused(publish(1, 2, 1))).isEqualTo(Refusal.STORE_FULL);
        assertThat(room.refused(leave(1, 1))).isEqualTo(Refusal.STORE_FULL);
        assertThat(room.refused(new Command.Attach(session(1), 1))).isEqualTo(Refusal.STORE_FULL);
        room.accepted(new Command.Detach(session(1), attached));
        assertThat(room.clock.read()).isEqualTo(attached);
        assertThat(room.events).hasSize(2);
    }

    @Test
    void thousandPublishesSentAgainAppendNothing() {
        room.accepted(join("alice", 1, 1));
        for (int sequence = 1; sequence <= 1000; sequence++) {
            room.accepted(publish(1, sequence, 1));
        }
        int events = room.events.size();
        for (int sequence = 1; sequence <= 744; sequence++) {
            assertThat(room.refused(publish(1, sequence, 1))).isEqualTo(Refusal.SEQUENCE_FORGOTTEN);
        }
        for (int sequence = 745; sequence <= 1000; sequence++) {
            assertThat(room.accepted(publish(1, sequence, 1)).repeated()).isTrue();
        }
        assertThat(room.events).hasSize(events);
        assertThat(room.accepted(publish(1, 1001, 1)).repeated()).isFalse();
    }

    @Test
    void sequenceIsAcceptedUntilAHigherOneIsForgotten() {
        room.accepted(join("alice", 1, 1));
        room.accepted(publish(1, 10, 1));
        for (int sequence = 1001; sequence <= 1255; sequence++) {
            room.accepted(publish(1, sequence, 1));
        }
        assertThat(room.accepted(publish(1, 5, 1)).repeated()).isFalse(); // now 10 is forgotten
        assertThat(room.accepted(publish(1, 5, 1)).repeated()).isTrue();
        assertThat(room.refused(publish(1, 7, 1))).isEqualTo(Refusal.SEQUENCE_FORGOTTEN);
        assertThat(room.refused(publish(1, 10, 1))).isEqualTo(Refusal.SEQUENCE_FORGOTTEN);
        assertThat(room.accepted(publish(1, 11, 1)).repeated()).isFalse();
    }

    @Test
    void forgottenSequencesAreUnsigned() {
        room.accepted(join("alice", 1, 1));
        room.accepted(publish(1, -1, 1)); // 2^64 - 1
        for (int sequence = 1; sequence <= 256; sequence++) {
            room.accepted(publish(1, sequence, 1));
        }
        assertThat(room.refused(publish(1, 300, 1))).isEqualTo(Refusal.SEQUENCE_FORGOTTEN);
    }

    @Test
    void leaverIsListedUntilItsLeftEventIsVisible() {
        room.accepted(join("alice", 1, 1));
        room.accepted(join("bob", 2, 1));
        long before = room.clock.read();
        room.room.settle();
        room.accepted(leave(2, 1));
        assertThat(listed(before)).containsExactly("alice", "bob");
        assertThat(listed(room.clock.read())).containsExactly("alice");
        room.room.settle();
        assertThat(listed(room.clock.read())).containsExactly("alice");
    }

    @Test
    void leaverOfAnUndoneBatchIsStillPresent() {
        room.accepted(join("alice", 1, 1));
        room.accepted(new Command.Attach(session(1), 1));
        long before = room.clock.read();
        room.room.settle();
        room.accepted(leave(1, 1));
        room.accepted(join("bob", 2, 1));
        room.room.undo();

        assertThat(listed(before)).containsExactly("alice");
        room.room.settle();
        assertThat(listed(room.clock.read())).containsExactly("alice");
        assertThat(room.refused(new Command.Expire(session(1), session(1)))).isEqualTo(Refusal.SESSION_ALIVE);
    }

    private List<String> listed(long visible) {
        return room.participants.page(() -> visible, 0, 10).sessions().stream()
                .map(Session::participant)
                .toList();
    }
}
