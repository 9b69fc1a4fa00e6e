package io.chittychat.trace.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.check.ConcurrentMessages.Pair;
import org.junit.jupiter.api.Test;

/** Two messages are concurrent if neither author had received the other's before sending. */
class ConcurrentMessagesTest {

    private final ConcurrentMessages found = new ConcurrentMessages();

    private void says(String author, long sent) {
        found.sent(author, sent);
    }

    @Test
    void messagesOfAuthorsWhoKnewNeitherOfTheOthersAreConcurrent() {
        says("alice", 19);
        says("carol", 19);
        found.published(20, "alice", 19);
        found.published(21, "carol", 19);
        assertThat(found.found().first()).containsExactly(new Pair(20, 21));
    }

    @Test
    void anAnswerIsNotConcurrent() {
        says("alice", 12);
        found.published(14, "alice", 12);
        found.received("bob", 14);
        says("bob", 16);
        found.published(17, "bob", 16);
        assertThat(found.found().count()).isZero();
        assertThat(found.found().messages()).isEqualTo(2);
    }

    @Test
    void messagesOfOneAuthorAreNot() {
        says("alice", 1);
        says("alice", 2);
        found.published(3, "alice", 1);
        found.published(4, "alice", 2);
        assertThat(found.found().count()).isZero();
    }

    /** Whoever sent at 19 had received nothing later than 17. */
    @Test
    void withoutTheLogOfAnAuthorItsClockTells() {
        says("alice", 18);
        found.published(18, "alice", 17);
        found.published(21, "eve", 19);
        found.published(22, "eve", 20);
        assertThat(found.found().first()).containsExactly(new Pair(18, 21));
    }

    @Test
    void allPairsAreCountedAndTheFirstKept() {
        for (int i = 0; i < 60; i++) {
            says("author " + i, 1);
        }
        for (int i = 0; i < 60; i++) {
            found.published(10 + i, "author " + i, 1);
        }
        assertThat(found.found().count()).isEqualTo(60 * 59 / 2);
        assertThat(found.found().first()).hasSize(1_000);
        assertThat(found.found().isLeast()).isFalse();
    }

    @Test
    void whatIsTooFarBackIsSaid() {
        found.sent("late", 1);
        for (int i = 0; i < 1_001; i++) {
            says("alice", 2 + i);
            found.published(2_000 + i, "alice", 2 + i);
        }
        found.published(4_000, "late", 1);
        assertThat(found.found().isLeast()).isTrue();
        assertThat(found.found().count()).isEqualTo(1_000);
    }
}
