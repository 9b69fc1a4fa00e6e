package io.chittychat.server.faults;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoredState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must be in a store: a model of it, folded from what its users were told. */
final class Acknowledged {

    private static final int REPEATABLE = 256; // publishes of a session

    private final String epoch;
    private final List<Event> events;
    private final Map<SessionId, RoomState.Stay> present;
    private final long lamportTime;

    private Acknowledged(String epoch, List<Event> events, Map<SessionId, RoomState.Stay> present, long lamportTime) {
        this.epoch = epoch;
        this.events = events;
        this.present = present;
        this.lamportTime = lamportTime;
    }

    static Acknowledged nothing(String epoch) {
        return new Acknowledged(epoch, List.of(), Map.of(), 0);
    }

    /** And a batch, after which it was that time. */
    Acknowledged and(List<Outcome<?>> batch, long time) {
        Map<SessionId, RoomState.Stay> stays = new LinkedHashMap<>(present);
        for (Outcome<?> outcome : batch) {
            if (outcome instanceof Outcome.Accepted<?> accepted
                    && accepted.event().isPresent()) {
                note(accepted.event().get(), accepted.result(), stays);
            }
        }
        List<Event> all = new ArrayList<>(events);
        all.addAll(RecordedRoom.events(batch));
        return new Acknowledged(epoch, all, stays, time);
    }

    private static void note(Event event, Result result, Map<SessionId, RoomState.Stay> stays) {
        SessionId id = event.header().session();
        if (result instanceof Result.Joined joined) {
            stays.put(
                    id,
                    new RoomState.Stay(
                            id,
                            joined.name(),
                            joined.lamportTime(),
                            event.header().recordedAt(),
                            joined.key(),
                            RoomState.Presence.of(id),
                            RoomState.Publishes.NONE));
        } else if (event instanceof Event.Left) {
            stays.remove(id);
        } else if (event instanceof Event.Published published && published.sequence() != 0) {
            RoomState.Stay stay = stays.get(id);
            RoomState.Publishes before = stay.publishes();
            List<RoomState.RecentPublish> recent = new ArrayList<>(before.recent());
            recent.add(new RoomState.RecentPublish(
                    published.sequence(), event.header().lamportTime()));
            long forgotten = before.forgottenThrough();
            if (recent.size() > REPEATABLE) {
                long oldest = recent.remove(0).sequence();
                forgotten = Long.compareUnsigned(oldest, forgotten) > 0 ? oldest : forgotten;
            }
            stays.put(id, stay.with(new RoomState.Publishes(forgotten, recent)));
        }
    }

    /** What of it must be in the store. */
    StoredState state() {
        long newest =
                events.isEmpty() ? 0 : events.get(events.size() - 1).header().lamportTime();
        return new StoredState(epoch, events, new RoomState(lamportTime, newest, List.copyOf(present.values())));
    }

    List<RoomState.Stay> present() {
        return List.copyOf(present.values());
    }
}
