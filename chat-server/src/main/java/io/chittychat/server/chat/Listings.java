package io.chittychat.server.chat;

import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Session;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.View;
import io.chittychat.v1.Event;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.Participant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers ListParticipants and ListEvents, page by page.
 *
 * <p>Threading: any thread.
 */
final class Listings {

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
    private static final Pages PAGES = new Pages("after:", 0);

    private final ParticipantRegistry participants;
    private final History history;

    Listings(ParticipantRegistry participants, History history) {
        this.participants = participants;
        this.history = history;
    }

    void participants(ListParticipantsRequest request, String caller, Answer<ListParticipantsResponse> call) {
        OptionalLong after = PAGES.time(request.getPageToken());
        if (after.isEmpty()) {
            call.fail(Pages.invalid());
            return;
        }
        int size = Pages.size(request.getPageSize());
        ParticipantRegistry.Page present =
                participants.page(() -> history.view().lamportTime(), after.getAsLong(), size + 1);
        List<Session> page = present.sessions();
        ListParticipantsResponse.Builder response = ListParticipantsResponse.newBuilder();
        page.stream().limit(size).map(Listings::participant).forEach(response::addParticipants);
        if (page.size() > size) {
            response.setNextPageToken(PAGES.token(page.get(size - 1).joinedLamportTime()));
        }
        call.succeed(response.setLamportTime(present.lamportTime()).build(), caller, present.lamportTime());
    }

    void events(ListEventsRequest request, String caller, Answer<ListEventsResponse> call) {
        try {
            readEvents(request, caller, call);
        } catch (Archive.DamagedException e) { // the archive has told the operator
            call.fail(Failures.damaged());
        } catch (Archive.UnreadableException e) {
            LOG.error("Cannot read events after {}", request.getAfterLamportTime(), e);
            call.fail(Failures.unreadable());
        }
    }

    private void readEvents(ListEventsRequest request, String caller, Answer<ListEventsResponse> call) {
        long after = request.getAfterLamportTime();
        if (after != 0 && !history.reaches(after)) {
            call.fail(Failures.resumePointGone(history.kept()));
            return;
        }
        View view = history.view();
        Optional<List<Event>> events = history.events(view, after, Pages.size(request.getPageSize()));
        if (events.isEmpty()) {
            call.fail(Failures.resumePointGone(history.kept()));
            return;
        }
        ListEventsResponse response = ListEventsResponse.newBuilder()
                .addAllEvents(events.get())
                .setLamportTime(view.lamportTime())
                .build();
        call.succeed(response, caller, view.lamportTime());
    }

    private static Participant participant(Session session) {
        return Participant.newBuilder()
                .setName(session.participant())
                .setJoinedLamportTime(session.joinedLamportTime())
                .build();
    }
}
