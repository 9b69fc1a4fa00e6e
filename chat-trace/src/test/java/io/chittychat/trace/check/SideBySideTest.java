package io.chittychat.trace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A good conversation holds, and every kind of fault is seen, at its place. */
class SideBySideTest {

    private final SampleConversation sample = new SampleConversation();

    @Test
    void goodConversationHoldsWithEvidenceForEverything() {
        assertThat(sample.check()).allMatch(RequirementVerdict::holds);
        assertThat(sample.check())
                .extracting(RequirementVerdict::requirement)
                .containsExactly(
                        Requirement.LOGS,
                        Requirement.MESSAGES,
                        Requirement.LOGGED,
                        Requirement.JOINS,
                        Requirement.LEAVES,
                        Requirement.ORDER,
                        Requirement.CLOCKS);
        assertThat(sample.check(Requirement.MESSAGES).evidence()).isEqualTo(4);
        assertThat(sample.check(Requirement.JOINS).evidence()).isEqualTo(6);
        assertThat(sample.check(Requirement.LEAVES).evidence()).isEqualTo(3);
    }

    @Test
    void nobodyAtAllProvesNothing() {
        assertThat(new SampleConversation(Map.of()).check()).hasSize(7).noneMatch(RequirementVerdict::holds);
    }

    @Test
    void emptyLogIsAViolation() {
        sample.spoil("bob", log -> "");
        violated(Requirement.LOGS, "bob", 0, "bob has no accepted Join");
    }

    @Test
    void allLogsEmptyHoldsNothing() {
        List.of("alice", "bob", "carol").forEach(name -> sample.spoil(name, log -> ""));
        assertThat(sample.check()).noneMatch(RequirementVerdict::holds);
    }

    @Test
    void brokenLineIsAViolation() {
        sample.replace("bob", "outcome=OK lamport=6", "outcome=OK lamport=six");
        violated(
                Requirement.LOGS,
                "bob",
                2,
                "this line is no record of a participant's log (it says: 'lamport' is no Lamport time: six): \"time=2026-11-21T10:50:39.123Z participan...\"");
    }

    @Test
    void cutLastLineIsAViolationForWhoTookLeave() {
        sample.spoil("bob", log -> log + "time=2026");
        violated(Requirement.LOGS, "bob", 11, "the last line of bob is cut");
    }

    @Test
    void cutLastLineIsNoneForWhoWasKilled() {
        sample.spoil("carol", log -> log + "time=2026");
        assertThat(sample.check()).allMatch(RequirementVerdict::holds);
    }

    @Test
    void recordOfSomebodyElseIsAViolation() {
        sample.replace("bob", "participant=bob kind=send rpc=Leave", "participant=eve kind=send rpc=Leave");
        violated(Requirement.LOGS, "bob", 8, "this is a record of eve in the log of bob");
    }

    @Test
    void lostMessageIsAViolation() {
        sample.without("bob", "event=published");
        violated(Requirement.MESSAGES, "bob", 7, "bob did not receive the message of alice of Lamport time 14");
    }

    @Test
    void messageThatNotEvenItsPublisherReceivedIsAViolation() {
        sample.without("alice", "event=published lamport=21");
        violated(Requirement.MESSAGES, "alice", 15, "alice did not receive the message of alice of Lamport time 21");
    }

    @Test
    void messageAtAnotherTimeThanItsReplyIsAViolation() {
        sample.replace("carol", "published lamport=14", "published lamport=16");
        assertThat(sample.check(Requirement.MESSAGES).violations())
                .extracting(Violation::what)
                .containsExactly(
                        "the log of carol says Lamport time 16 for the message of alice, but alice, bob and the reply to alice say 14");
    }

    @Test
    void messageThatNobodySentIsAViolation() {
        sample.append(
                "carol", "kind=receive rpc=Broadcast event=published lamport=20 clock=21 from=bob sent=15 text=boo");
        violated(
                Requirement.MESSAGES,
                "carol",
                8,
                "no request of bob with clock 15 led to the message of bob of Lamport time 20");
    }

    @Test
    void messageUnderAnotherNameIsAViolation() {
        sample.replace("bob", "from=alice sent=12", "from=carol sent=12");
        violated(
                Requirement.MESSAGES,
                "bob",
                7,
                "the log of bob says that carol wrote the message of Lamport time 14, but alice wrote it");
    }

    @Test
    void lostMessageOfAPublisherKilledBeforeItsReplyIsAViolation() {
        sample.append("carol", "kind=send rpc=Publish clock=19 sequence=1 text=last")
                .append(
                        "carol",
                        "kind=receive rpc=Broadcast event=published lamport=20 clock=21 from=carol sent=19 text=last");
        violated(Requirement.MESSAGES, "alice", 15, "alice did not receive the message of carol of Lamport time 20");
    }

    @Test
    void messageLoggedWithoutTextIsAViolation() {
        sample.replace("bob", "sent=12 text=hi", "sent=12");
        violated(
                Requirement.LOGGED,
                "bob",
                7,
                "the log of bob has the message of alice of Lamport time 14 without its text or its participant");
    }

    @Test
    void messageLoggedWithAnotherTextIsAViolation() {
        sample.replace("bob", "sent=12 text=hi", "sent=12 text=ho");
        violated(Requirement.LOGGED, "bob", 7, "the text is 'ho', but 'hi' was sent");
    }

    @Test
    void joinThatSomebodyPresentDidNotSeeIsAViolation() {
        sample.without("bob", "event=joined lamport=10");
        violated(Requirement.JOINS, "bob", 6, "bob did not receive the join of carol of Lamport time 10");
    }

    @Test
    void joinThatTheNewcomerDidNotSeeIsAViolation() {
        sample.without("carol", "event=joined lamport=10");
        assertThat(sample.check(Requirement.JOINS).violations())
                .extracting(Violation::file)
                .containsExactly(Path.of("carol.log"));
    }

    @Test
    void joinWithAnotherSentenceIsAViolation() {
        sample.replace("alice", "carol joined Chitty-Chat at", "carol joined the chat at");
        violated(
                Requirement.JOINS,
                "alice",
                7,
                "the log of alice has another sentence for the join of carol than 'Participant carol joined Chitty-Chat at Lamport time 10'");
    }

    @Test
    void announcedJoinThatWasNotGrantedIsAViolation() {
        sample.append(
                "carol", "kind=receive rpc=Broadcast event=joined lamport=19 clock=20 from=eve sent=1 text=\"...\"");
        violated(Requirement.JOINS, "carol", 8, "this is an event of eve, who never joined");
    }

    @Test
    void leaveThatSomebodyWhoRemainedDidNotSeeIsAViolation() {
        sample.without("alice", "event=left lamport=17");
        violated(Requirement.LEAVES, "alice", 11, "alice did not receive the leave of bob of Lamport time 17");
    }

    @Test
    void killedParticipantWhoNobodySawLeavingIsAViolation() {
        sample.without("alice", "event=left lamport=18");
        violated(Requirement.LEAVES, "alice", 19, "alice did not receive the leave of carol");
    }

    @Test
    void secondLeaveIsAViolation() {
        sample.replace("alice", "kind=send rpc=Leave clock=25", """
                kind=receive rpc=Broadcast event=left lamport=24 clock=25 from=carol sent=0 text="Participant carol left Chitty-Chat at Lamport time 24"
                time=2026-11-21T10:50:39.123Z participant=alice kind=send rpc=Leave clock=26""");
        violated(Requirement.LEAVES, "alice", 18, "this is a leave of carol, who had left before");
    }

    @Test
    void ownLeaveIsAViolation() {
        sample.append(
                "bob",
                "kind=receive rpc=Broadcast event=left lamport=17 clock=19 from=bob sent=16 text=\"Participant bob left"
                        + " Chitty-Chat at Lamport time 17\"");
        violated(Requirement.LEAVES, "bob", 11, "bob received its own leave");
    }

    @Test
    void leaveThatWasNeverTakenIsAViolation() {
        sample.without("alice", "rpc=Leave");
        violated(Requirement.LEAVES, "alice", 18, "alice never left");
    }

    @Test
    void leaveOfAStrangerIsAViolation() {
        sample.append(
                "carol", "kind=receive rpc=Broadcast event=left lamport=19 clock=20 from=eve sent=1 text=\"...\"");
        violated(Requirement.LEAVES, "carol", 8, "this is an event of eve, who never joined");
    }

    @Test
    void eventReceivedTwiceIsAViolation() {
        sample.append(
                "carol", "kind=receive rpc=Broadcast event=published lamport=17 clock=19 from=alice sent=12 text=hi");
        assertThat(sample.check(Requirement.ORDER).violations())
                .extracting(Violation::what)
                .contains("carol received the message of alice of Lamport time 17 after an event of 17");
    }

    @Test
    void eventFromBeforeTheOwnJoinIsAViolation() {
        sample.replace("bob", "event=joined lamport=6", "event=joined lamport=5");
        violated(
                Requirement.JOINS,
                "bob",
                4,
                "the log of bob says Lamport time 5 for the join of bob, but alice says 6");
    }

    @Test
    void eventAfterTheOwnLeaveIsAViolation() {
        sample.append(
                "bob", "kind=receive rpc=Broadcast event=published lamport=21 clock=24 from=alice sent=20 text=bye");
        violated(
                Requirement.ORDER,
                "bob",
                11,
                "bob received the message of alice of Lamport time 21, but was not in the chat then");
    }

    @Test
    void copiesThatDifferAreAViolation() {
        sample.replace("carol", "sent=12 text=hi", "sent=11 text=hi");
        violated(
                Requirement.ORDER,
                "carol",
                6,
                "the log of carol says that the message of alice of Lamport time 14 was sent at 11, but alice.log:10 says 12");
    }

    @Test
    void clockThatDoesNotPassTheReceivedTimeIsAViolation() {
        sample.replace("alice", "lamport=10 clock=11", "lamport=10 clock=10");
        violated(
                Requirement.CLOCKS,
                "alice",
                7,
                "the clock of alice is 10 here, but Lamport's rule gives max(7, 10) + 1 = 11");
    }

    @Test
    void clockThatGoesBackIsAViolation() {
        sample.replace("alice", "lamport=18 clock=19", "lamport=18 clock=25");
        violated(
                Requirement.CLOCKS,
                "alice",
                12,
                "the clock of alice is 25 here, but Lamport's rule gives max(18, 18) + 1 = 19");
    }

    @Test
    void clockThatStandsStillAtAMessageIsAViolation() {
        sample.replace("bob", "rpc=Leave clock=16", "rpc=Leave clock=15");
        violated(Requirement.CLOCKS, "bob", 8, "the clock of bob is 15 here, but Lamport's rule gives 15 + 1 = 16");
    }

    @Test
    void eventThatIsNotLaterThanItsRequestIsAViolation() {
        sample.replace("bob", "lamport=14 clock=15 from=alice sent=12", "lamport=14 clock=15 from=alice sent=14");
        violated(
                Requirement.CLOCKS,
                "bob",
                7,
                "the log of bob says that the message of alice of Lamport time 14 was sent at 14, which is not earlier");
    }

    private void violated(Requirement requirement, String log, int line, String what) {
        RequirementVerdict verdict = sample.check(requirement);
        assertThat(verdict.violations()).contains(new Violation(Path.of(log + ".log"), line, what));
        assertThat(verdict.holds()).isFalse();
    }
}
