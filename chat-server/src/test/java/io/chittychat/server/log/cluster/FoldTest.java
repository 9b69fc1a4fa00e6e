package io.chittychat.server.log.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Limits LIMITS = new Limits(10, Duration.ofSeconds(6), Duration.ofSeconds(3));
    private static final SessionId ALICE = new SessionId(0, 1);
    private static final SessionId BOB = new SessionId(0, 2);

    private final Fold fold = new Fold(
            new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1, Duration.ZERO)),
            FoldState.EMPTY);
    private final FoldBatch batch = new FoldBatch();
    private final Node one = new Node(new Author(1, 1, 11));
    private final Node two = new Node(new Author(2, 1, 22));
    private List<Outcome<?>> outcomes = new ArrayList<>();
    private long millis = 1_700_000_000_000L;

    /** Writes entries. */
    private final class Node {
        final Author author;
        long next;

        Node(Author author) {
            this.author = author;
        }

        Fold.Verdict starts() {
            return writes(new Proposal.Starts(LIMITS));
        }

        Fold.Verdict beats() {
            return writes(new Proposal.Heartbeat(0, ""));
        }

        Fold.Verdict writes(Proposal proposal) {
            outcomes = new ArrayList<>();
            Entry entry = new Entry(author, next, List.of(proposal));
            next++;
            return fold.apply(entry, millis * 1000, batch, outcomes);
        }

        @SuppressWarnings("unchecked")
        <R extends Result> Outcome<R> asks(Command<R> command) {
            assertThat(writes(new Proposal.ForRoom(command))).isEqualTo(Fold.Verdict.APPLIED);
            return (Outcome<R>) outcomes.get(0);
        }

        <R extends Result> R gets(Command<R> command) {
            return ((Outcome.Accepted<R>) asks(command)).result();
        }
    }

    @BeforeEach
    void begin() {
        one.starts();
        two.starts();
    }

    private static Command.Join join(String name, SessionId session) {
        return new Command.Join(ParticipantName.of(name), session, Optional.empty(), 0);
    }

    /** Lets time pass, with heartbeats. */
    private void pass(Duration time, Node... alive) {
        for (long end = millis + time.toMillis(); millis < end; ) {
            millis += 500;
            for (Node node : alive) {
                node.beats();
            }
        }
    }

    private boolean hasLeft(String name) {
        return batch.events.stream()
                .anyMatch(event -> event instanceof Event.Left left
                        && left.header().participant().equals(name));
    }

    @Test
    void logBeginsWithTheLimitsOfTheFirstNode() {
        assertThat(fold.limits()).contains(LIMITS);
        Limits other = new Limits(1, Duration.ofSeconds(9), Duration.ofSeconds(3));
        two.writes(new Proposal.ChangeLimits(other));
        assertThat(fold.limits()).contains(other);
        one.asks(join("alice", ALICE));
        assertThat(one.asks(join("bob", BOB))).isEqualTo(Outcome.refused(Refusal.ROOM_FULL));
    }

    @Test
    void entryAfterAMissingOneDoesNotCountNorDoLaterOnes() {
        one.next++;
        assertThat(one.beats()).isEqualTo(Fold.Verdict.IGNORED);
        assertThat(one.beats()).isEqualTo(Fold.Verdict.IGNORED);
        assertThat(fold.members().isPresent(one.author)).isFalse();
        assertThat(two.beats()).isEqualTo(Fold.Verdict.APPLIED);
    }

    @Test
    void entryThatArrivesTwiceCountsOnce() {
        one.asks(join("alice", ALICE));
        one.next--;
        assertThat(one.writes(new Proposal.ForRoom(join("alice", ALICE)))).isEqualTo(Fold.Verdict.DUPLICATE);
        assertThat(batch.events).hasSize(1);
        assertThat(one.beats()).isEqualTo(Fold.Verdict.APPLIED);
    }

    @Test
    void nextLifeEndsTheOneBeforeAndItsBroadcasts() {
        one.asks(join("alice", ALICE));
        one.asks(new Command.Attach(ALICE, 0));
        Node again = new Node(new Author(1, 2, 12));
        assertThat(again.starts()).isEqualTo(Fold.Verdict.APPLIED);
        assertThat(fold.presence(ALICE).orElseThrow().isAttached()).isFalse();
        assertThat(one.beats()).isEqualTo(Fold.Verdict.IGNORED);
        assertThat(new Node(new Author(1, 1, 99)).starts()).isEqualTo(Fold.Verdict.IGNORED);
        assertThat(again.beats()).isEqualTo(Fold.Verdict.APPLIED);
    }

    @Test
    void sessionWithoutASignExpiresOnceAndOneWithSignsDoesNot() {
        one.asks(join("alice", ALICE));
        one.asks(join("bob", BOB));
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofSeconds(1), one, two);
            two.asks(new Command.Touch(BOB));
        }
        assertThat(hasLeft("alice")).isTrue();
        assertThat(hasLeft("bob")).isFalse();
        assertThat(batch.expired).hasSize(1);
        assertThat(two.asks(new Command.Touch(ALICE))).isEqualTo(Outcome.refused(Refusal.SESSION_UNKNOWN));
    }

    @Test
    void sessionLivesForAWholeWindowAndForLittleMore() {
        one.asks(join("alice", ALICE));
        pass(Duration.ofSeconds(6), one);
        assertThat(hasLeft("alice")).isFalse();
        pass(Duration.ofSeconds(3), one);
        assertThat(hasLeft("alice")).isTrue();
    }

    @Test
    void attachedSessionLivesAsLongAsItsNode() {
        one.asks(join("alice", ALICE));
        one.asks(new Command.Attach(ALICE, 0));
        pass(Duration.ofSeconds(30), one, two);
        assertThat(hasLeft("alice")).isFalse();
        pass(Duration.ofSeconds(4), two);
        assertThat(fold.members().isPresent(one.author)).isFalse();
        assertThat(hasLeft("alice")).isFalse();
        pass(Duration.ofSeconds(9), two);
        assertThat(hasLeft("alice")).isTrue();
    }

    @Test
    void sessionThatComesBackToAnotherNodeStays() {
        one.asks(join("alice", ALICE));
        one.asks(new Command.Attach(ALICE, 0));
        pass(Duration.ofSeconds(4), two);
        two.asks(new Command.Attach(ALICE, 0));
        pass(Duration.ofSeconds(30), two);
        assertThat(hasLeft("alice")).isFalse();
    }

    @Test
    void stoppedNodeDetachesAndOnlyTheNewerBroadcastCounts() {
        one.asks(join("alice", ALICE));
        Result.Attached older = one.gets(new Command.Attach(ALICE, 0));
        two.asks(new Command.Attach(ALICE, 0));
        assertThat(batch.attached).hasSize(2);
        one.asks(new Command.Detach(ALICE, older.lamportTime()));
        assertThat(fold.presence(ALICE).orElseThrow().attachedBy()).isEqualTo(22);
        two.writes(new Proposal.Stops());
        assertThat(fold.presence(ALICE).orElseThrow().isAttached()).isFalse();
        assertThat(two.beats()).isEqualTo(Fold.Verdict.IGNORED);
    }

    @Test
    void nobodyExpiresAndNoNodeIsLostWhileNobodyCouldWrite() {
        one.asks(join("alice", ALICE));
        millis += 3_600_000;
        one.beats();
        two.beats();
        assertThat(hasLeft("alice")).isFalse();
        assertThat(fold.members().isPresent(two.author)).isTrue();
    }

    @Test
    void timeOfEventsNeverGoesBack() {
        one.asks(join("alice", ALICE));
        millis -= 60_000;
        one.asks(join("bob", BOB));
        assertThat(batch.events.get(1).header().recordedAt())
                .isEqualTo(batch.events.get(0).header().recordedAt());
    }

    @Test
    void joinCanBeRepeatedAfterAnOutage() {
        JoinKey key = new JoinKey(new JoinKey.Bits(1, 1), new JoinKey.Bits(2, 2));
        Command.Join join = new Command.Join(ParticipantName.of("alice"), ALICE, Optional.of(key), 0);
        one.gets(join);
        millis += 60_000;
        assertThat(two.gets(new Command.Join(ParticipantName.of("alice"), BOB, Optional.of(key), 0))
                        .repeated())
                .isTrue();
    }
}
