package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages of participants and of history. */
interface ListContract extends ContractFixture {

    @Test
    default void participantsComeInPages() {
        Participant first = join();
        List<Participant> rest = List.of(join(), join(), join(), join());
        Set<Long> joins = new HashSet<>();
        String token = "";
        do {
            ListParticipantsResponse page = first.calls()
                    .listParticipants(ListParticipantsRequest.newBuilder()
                            .setSessionToken(first.token())
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getParticipantsList()
                    .forEach(
                            p -> assertThat(joins.add(p.getJoinedLamportTime())).isTrue());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        rest.forEach(p -> assertThat(joins).contains(p.session.getLamportTime()));
        for (String wrong : List.of("x", "!", "YWZ0ZXI6LTE", "YWZ0ZXI6")) {
            assertThat(ChatContract.refused(() -> first.calls()
                            .listParticipants(ListParticipantsRequest.newBuilder()
                                    .setSessionToken(first.token())
                                    .setPageToken(wrong)
                                    .build())))
                    .isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
        }
    }

    @Test
    default void historyComesInPages() {
        Participant alice = join();
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            published.add(alice.publish("message " + i));
        }
        List<Long> listed = new ArrayList<>();
        ListEventsRequest.Builder request =
                ListEventsRequest.newBuilder().setSessionToken(alice.token()).setPageSize(10);
        request.setAfterLamportTime(alice.session.getLamportTime());
        ListEventsResponse page;
        do {
            page = alice.calls().listEvents(request.build());
            page.getEventsList().forEach(event -> listed.add(event.getLamportTime()));
            request.setAfterLamportTime(listed.get(listed.size() - 1));
        } while (page.getEventsCount() == 10);
        assertThat(listed).isEqualTo(published);
        assertThat(page.getLamportTime()).isEqualTo(published.get(24));
    }
}
