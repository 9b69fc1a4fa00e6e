package io.chittychat.server.rpc;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Session;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.View;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.Participant;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages of participants and of events.
 *
 * <p>Threading: any thread.
 */
final class Listings {

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;
    private static final String TOKEN_PREFIX = "after:";

    private final ParticipantRegistry participants;
    private final History history;

    Listings(ParticipantRegistry participants, History history) {
        this.participants = participants;
        this.history = history;
    }

    void participants(ListParticipantsRequest request, String caller, UnaryCall<ListParticipantsResponse> call) {
        OptionalLong after = joinTime(request.getPageToken());
        if (after.isEmpty()) {
            call.fail(Failures.field(
                    ErrorReason.PAGE_TOKEN_INVALID, "page_token", "the page token is none that the service gave out"));
            return;
        }
        int size = pageSize(request.getPageSize());
        long time = history.view().lamportTime();
        List<Session> page = participants.page(after.getAsLong(), size + 1).stream()
                .filter(session -> session.joinedLamportTime() <= time) // whose join is recorded
                .toList();
        ListParticipantsResponse.Builder response = ListParticipantsResponse.newBuilder();
        page.stream().limit(size).map(Listings::participant).forEach(response::addParticipants);
        if (page.size() > size) {
            response.setNextPageToken(pageToken(page.get(size - 1).joinedLamportTime()));
        }
        call.succeed(response.setLamportTime(time).build(), caller, time);
    }

    void events(ListEventsRequest request, String caller, UnaryCall<ListEventsResponse> call) {
        try {
            readEvents(request, caller, call);
        } catch (Archive.UnreadableException e) {
            LOG.error("Cannot read what comes after {}", request.getAfterLamportTime(), e);
            call.fail(Failures.unreadable());
        }
    }

    private void readEvents(ListEventsRequest request, String caller, UnaryCall<ListEventsResponse> call) {
        Optional<Status> problem = history.problem(request.getAfterLamportTime());
        if (problem.isPresent()) {
            call.fail(problem.get());
            return;
        }
        View view = history.view();
        ListEventsResponse response = ListEventsResponse.newBuilder()
                .addAllEvents(history.events(view, request.getAfterLamportTime(), pageSize(request.getPageSize())))
                .setLamportTime(view.lamportTime())
                .build();
        call.succeed(response, caller, view.lamportTime());
    }

    private static int pageSize(int asked) {
        return asked <= 0 ? DEFAULT_PAGE : Math.min(asked, MAX_PAGE);
    }

    private static Participant participant(Session session) {
        return Participant.newBuilder()
                .setName(session.participant())
                .setJoinedLamportTime(session.joinedLamportTime())
                .build();
    }

    private static String pageToken(long joinedLamportTime) {
        byte[] token = (TOKEN_PREFIX + joinedLamportTime).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The join after which a page begins; empty if the token is none of ours. */
    private static OptionalLong joinTime(String pageToken) {
        if (pageToken.isEmpty()) {
            return OptionalLong.of(0);
        }
        try {
            String token = new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.US_ASCII);
            long time = token.startsWith(TOKEN_PREFIX) ? Long.parseLong(token.substring(TOKEN_PREFIX.length())) : 0;
            return time > 0 && pageToken(time).equals(pageToken) ? OptionalLong.of(time) : OptionalLong.empty();
        } catch (IllegalArgumentException e) { // neither Base64 nor a number
            return OptionalLong.empty();
        }
    }
}
