package io.chittychat.trace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A participant that joins again after its session expired, or after a leave, has one log. */
class RejoinCheckTest {

    private static final String ALICE = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=2 clock=3
            kind=send rpc=Broadcast clock=4 after=0
            kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
            kind=receive rpc=Broadcast event=joined lamport=6 clock=7 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=published lamport=12 clock=13 from=bob sent=11 text=one
            kind=receive rpc=Broadcast event=left lamport=13 clock=14 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 13"
            kind=send rpc=Publish clock=15 sequence=1 text=gone?
            kind=reply rpc=Publish outcome=OK lamport=16 clock=17 sequence=1
            kind=receive rpc=Broadcast event=published lamport=16 clock=18 from=alice sent=15 text=gone?
            kind=receive rpc=Broadcast event=joined lamport=20 clock=21 from=bob sent=13 text="Participant bob joined Chitty-Chat at Lamport time 20"
            kind=receive rpc=Broadcast event=published lamport=29 clock=30 from=bob sent=28 text=two
            kind=receive rpc=Broadcast event=left lamport=33 clock=34 from=bob sent=32 text="Participant bob left Chitty-Chat at Lamport time 33"
            kind=send rpc=Leave clock=35
            kind=reply rpc=Leave outcome=OK lamport=36 clock=37
            """;

    /** His first message gets no reply, but is in the chat; his second has the same sequence, in another session. */
    private static final String BOB = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=6 clock=7
            kind=send rpc=Broadcast clock=8 after=0
            kind=receive rpc=Broadcast event=joined lamport=6 clock=9 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=caught_up lamport=9 clock=10
            kind=send rpc=Publish clock=11 sequence=1 text=one
            kind=end rpc=Broadcast outcome=UNAVAILABLE clock=11
            kind=send rpc=Broadcast clock=12 after=9
            kind=end rpc=Broadcast outcome=UNAUTHENTICATED reason=SESSION_UNKNOWN clock=12
            kind=send rpc=Join clock=13
            kind=reply rpc=Join outcome=OK lamport=20 clock=21
            kind=send rpc=Broadcast clock=22 after=9
            kind=receive rpc=Broadcast event=published lamport=12 clock=23 from=bob sent=11 text=one
            kind=receive rpc=Broadcast event=left lamport=13 clock=24 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 13"
            kind=receive rpc=Broadcast event=published lamport=16 clock=25 from=alice sent=15 text=gone?
            kind=receive rpc=Broadcast event=joined lamport=20 clock=26 from=bob sent=13 text="Participant bob joined Chitty-Chat at Lamport time 20"
            kind=send rpc=ListParticipants clock=27
            kind=send rpc=Publish clock=28 sequence=1 text=two
            kind=reply rpc=Publish outcome=OK lamport=29 clock=30 sequence=1
            kind=receive rpc=Broadcast event=published lamport=29 clock=31 from=bob sent=28 text=two
            kind=send rpc=Leave clock=32
            kind=reply rpc=Leave outcome=OK lamport=33 clock=34
            """;

    private final SampleConversation sample = new SampleConversation(Map.of("alice", ALICE, "bob", BOB));

    @Test
    void whoseSessionExpiredAndWhoReadOnIsAsPresentAsTheOthers() {
        assertThat(sample.check()).allMatch(RequirementVerdict::holds);
        assertThat(sample.check(Requirement.JOINS).evidence()).isEqualTo(5);
        assertThat(sample.check(Requirement.LEAVES).evidence()).isEqualTo(3);
    }

    @Test
    void whatWasSaidMeanwhileIsOwedToo() {
        sample.without("bob", "text=gone?");
        violated(Requirement.MESSAGES, "bob did not receive the message of alice of Lamport time 16");
    }

    @Test
    void ownExpiryIsOwedToo() {
        sample.without("bob", "event=left");
        violated(Requirement.LEAVES, "bob did not receive the leave of bob of Lamport time 13");
    }

    @Test
    void expiryThatNobodyWasToldOfIsAViolation() {
        sample.without("bob", "event=left lamport=13").without("alice", "event=left lamport=13");
        violated(Requirement.JOINS, "this is a join of bob, who joined at Lamport time 6 and has not left");
    }

    @Test
    void expiryThatIsToldTwiceIsAViolation() {
        sample.replace("alice", "kind=send rpc=Publish clock=15", """
                kind=receive rpc=Broadcast event=left lamport=14 clock=15 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 14"
                time=2026-11-21T10:50:39.123Z participant=alice kind=send rpc=Publish clock=15""");
        violated(Requirement.LEAVES, "this is a leave of bob, who had left before");
    }

    @Test
    void secondJoinThatSomebodyPresentDidNotSeeIsAViolation() {
        sample.without("alice", "event=joined lamport=20");
        violated(Requirement.JOINS, "alice did not receive the join of bob of Lamport time 20");
    }

    @Test
    void messageOfTheSecondSessionIsComparedWithItsOwnReply() {
        sample.replace("bob", "outcome=OK lamport=29", "outcome=OK lamport=27");
        violated(
                Requirement.MESSAGES,
                "the reply to bob says Lamport time 27 for the message of bob, but alice and bob say 29");
    }

    @Test
    void whoLeftAndCameBackIsOwedNothingOfTheTimeBetween() {
        assertThat(returning().check()).allMatch(RequirementVerdict::holds);
    }

    @Test
    void whoLeftAndCameBackIsNotToldOfItsLeave() {
        SampleConversation spoilt = returning();
        spoilt.append(
                "bob",
                "kind=receive rpc=Broadcast event=left lamport=33 clock=35 from=bob sent=32 text=\"Participant bob left"
                        + " Chitty-Chat at Lamport time 33\"");
        assertThat(spoilt.check(Requirement.LEAVES).violations())
                .extracting(Violation::what)
                .containsExactly("bob received its own leave");
    }

    /** The same, but that bob left by himself, and began anew when he came back. */
    private static SampleConversation returning() {
        return new SampleConversation(Map.of(
                "alice",
                ALICE.replace("from=bob sent=0", "from=bob sent=11")
                        .replace("from=bob sent=11 text=one", "from=bob sent=10 text=one")
                        .replace("from=bob sent=13", "from=bob sent=15")
                        .replace("from=bob sent=28", "from=bob sent=24"),
                "bob",
                """
                kind=send rpc=Join clock=1
                kind=reply rpc=Join outcome=OK lamport=6 clock=7
                kind=send rpc=Broadcast clock=8 after=0
                kind=receive rpc=Broadcast event=joined lamport=6 clock=9 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
                kind=send rpc=Publish clock=10 sequence=1 text=one
                kind=send rpc=Leave clock=11
                kind=receive rpc=Broadcast event=published lamport=12 clock=13 from=bob sent=10 text=one
                kind=reply rpc=Leave outcome=OK lamport=13 clock=14
                kind=send rpc=Join clock=15
                kind=reply rpc=Join outcome=OK lamport=20 clock=21
                kind=send rpc=Broadcast clock=22 after=0
                kind=receive rpc=Broadcast event=joined lamport=20 clock=23 from=bob sent=15 text="Participant bob joined Chitty-Chat at Lamport time 20"
                kind=send rpc=Publish clock=24 sequence=1 text=two
                kind=reply rpc=Publish outcome=OK lamport=29 clock=30 sequence=1
                kind=receive rpc=Broadcast event=published lamport=29 clock=31 from=bob sent=24 text=two
                kind=send rpc=Leave clock=32
                kind=reply rpc=Leave outcome=OK lamport=33 clock=34
                """));
    }

    private void violated(Requirement requirement, String what) {
        RequirementVerdict verdict = sample.check(requirement);
        assertThat(verdict.violations()).extracting(Violation::what).contains(what);
        assertThat(verdict.holds()).isFalse();
    }
}
