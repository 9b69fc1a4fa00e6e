package io.chittychat.server.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.SearchEventsResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Searches for messages by their words. */
interface SearchContract extends ContractFixture {

    @Test
    default void messagesAreFoundByTheirWordsTheNewestFirst() {
        Participant alice = join();
        String unique = "needle" + ChatContract.name();
        long first = alice.publish("One " + unique + " in a haystack");
        alice.publish("a haystack");
        long second = alice.publish("in a HÄYSTACK: another " + unique.toUpperCase(Locale.ROOT) + "!");
        assertThat(alice.search(unique, 0)).extracting(Event::getLamportTime).containsExactly(second, first);
        assertThat(alice.search("haystack " + unique, 0)).isEqualTo(alice.search(unique, 0));
        assertThat(alice.search(unique + " another", 0))
                .isEqualTo(alice.history(second - 1).subList(0, 1));
        assertThat(alice.search(unique + " anoth", 0)).hasSize(1);
        assertThat(alice.search(unique + " other", 0)).isEmpty();
    }

    @Test
    default void onlyMessagesAreFound() {
        Participant alice = join();
        assertThat(alice.search(nameOf(alice), 0)).isEmpty();
        assertThat(alice.search("joined Chitty Chat at Lamport time " + alice.session.getLamportTime(), 0))
                .isEmpty();
    }

    @Test
    default void queryHasNoSyntax() {
        Participant alice = join();
        String unique = "syntax" + ChatContract.name();
        long time = alice.publish(unique + " 漢字です and near \"quoted\"");
        for (String query : List.of(
                "%s",
                "\"%s",
                "%s*",
                "-%s",
                "^%s",
                "%s:",
                "NEAR(%s)",
                "%s AND near",
                "%s - quoted",
                "%s 漢字",
                "{%s}",
                "😀 %s")) {
            assertThat(alice.search(query.formatted(unique), 0))
                    .as(query)
                    .extracting(Event::getLamportTime)
                    .containsExactly(time);
        }
        for (String query : List.of("%s OR nothing", "NOT %s", "%s NEAR/2 quoted", "words:%s")) {
            assertThat(alice.search(query.formatted(unique), 0)).as(query).isEmpty();
        }
        for (String query : List.of("😀", "\"", "*", "--", ":")) {
            assertThat(alice.search(query, 0)).as(query).isEmpty();
        }
        assertThat(alice.search("\ufdfa".repeat(128), 0)).isEmpty(); // each character stands for four words
    }

    @Test
    default void invalidSearchIsRefused() {
        Participant alice = join();
        assertThat(ChatContract.refused(() -> alice.search(" \t", 0))).isEqualTo(ErrorReason.TEXT_BLANK);
        assertThat(ChatContract.refused(() -> alice.search("x".repeat(129), 0))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
        assertThat(RawCalls.reason(RawCalls.search(channel(), alice.token(), new byte[] {'a', (byte) 0xc3})))
                .isEqualTo(ErrorReason.TEXT_NOT_UTF8);
        String ahead = Base64.getUrlEncoder().withoutPadding().encodeToString("before:99999999999".getBytes(US_ASCII));
        for (String wrong : List.of("x", "!", "YWZ0ZXI6NQ", "YmVmb3JlOi0x", ahead)) {
            assertThat(ChatContract.refused(() -> alice.search("x", 0, wrong)))
                    .isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
        }
    }

    @Test
    default void pagesNeitherRepeatNorMissAnythingWhileMessagesArePublished() {
        Participant alice = join();
        String unique = "page" + ChatContract.name();
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            published.add(alice.publish(unique + " " + i));
            alice.publish("something else");
        }
        Collections.reverse(published);
        List<Long> found = new ArrayList<>();
        String token = "";
        do {
            SearchEventsResponse page = alice.search(unique, 7, token);
            assertThat(page.getEventsCount()).isLessThanOrEqualTo(7);
            page.getEventsList().forEach(event -> found.add(event.getLamportTime()));
            token = page.getNextPageToken();
            long newer = alice.publish(unique + " newer");
            assertThat(alice.search(unique, 1, "").getEvents(0).getLamportTime())
                    .isEqualTo(newer);
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(published);
    }

    @Test
    default void searchReturnsTheTimeUpToWhichItSearched() {
        Participant alice = join();
        String unique = "upto" + ChatContract.name();
        long time = alice.publish(unique);
        assertThat(alice.search(unique, 1, "").getLamportTime()).isGreaterThanOrEqualTo(time);
        assertThat(alice.search(unique, 1, "").getNextPageToken()).isEmpty();
    }
}
