package io.chittychat.server.log.cluster;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.RecentPublishes;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node has on its disk: transactions, of which a loss of power may undo the newest. */
final class SimulatedStore implements ReplicaJournal {

    private record Transaction(Journal.Batch batch, byte[] place, Map<SessionId, Optional<byte[]>> changed) {}

    private final List<Transaction> transactions = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    private String digest = "";
    private final Map<Long, String> digests = new HashMap<>();

    @Override
    public void append(Journal.Batch batch, FoldState place, Map<SessionId, Optional<Presence>> changed) {
        Map<SessionId, Optional<byte[]>> bytes = new HashMap<>();
        changed.forEach((session, presence) -> bytes.put(session, presence.map(StateCodec::encode)));
        add(new Transaction(batch, StateCodec.encode(place), bytes));
    }

    private void add(Transaction transaction) {
        transactions.add(transaction);
        for (Event event : transaction.batch().events()) {
            events.add(event);
            digest = Integer.toHexString((digest + event).hashCode());
            digests.put(event.header().lamportTime(), digest);
        }
    }

    /** Undoes the newest transactions. */
    void lose(int transactionsToLose) {
        List<Transaction> kept =
                new ArrayList<>(transactions.subList(0, Math.max(0, transactions.size() - transactionsToLose)));
        transactions.clear();
        events.clear();
        digests.clear();
        digest = "";
        kept.forEach(this::add);
    }

    FoldState place() {
        Map<SessionId, Presence> presences = new HashMap<>();
        for (Transaction transaction : transactions) {
            transaction.changed().forEach((session, bytes) -> {
                if (bytes.isPresent()) {
                    presences.put(session, StateCodec.presence(bytes.get()));
                } else {
                    presences.remove(session);
                }
            });
        }
        return transactions.isEmpty()
                ? FoldState.EMPTY
                : StateCodec.decode(transactions.get(transactions.size() - 1).place(), presences);
    }

    /** The room, from the events. */
    RoomState room() {
        Map<SessionId, RoomState.Stay> stays = new LinkedHashMap<>();
        Map<SessionId, RecentPublishes> publishes = new HashMap<>();
        long time = 0;
        long newest = 0;
        for (Transaction transaction : transactions) {
            Iterator<Result.Joined> joins = transaction.batch().joins().iterator();
            for (Event event : transaction.batch().events()) {
                Event.Header header = event.header();
                SessionId session = header.session();
                newest = header.lamportTime();
                if (event instanceof Event.Joined) {
                    Result.Joined join = joins.next();
                    stays.put(
                            session,
                            new RoomState.Stay(
                                    session,
                                    new ParticipantName(
                                            header.participant(), join.name().key()),
                                    newest,
                                    header.recordedAt(),
                                    join.key(),
                                    RoomState.Presence.of(session),
                                    RoomState.Publishes.NONE));
                    publishes.put(session, new RecentPublishes(RoomState.Publishes.NONE));
                } else if (event instanceof Event.Left) {
                    stays.remove(session);
                } else if (event instanceof Event.Published published && published.sequence() != 0) {
                    publishes
                            .getOrDefault(session, new RecentPublishes(RoomState.Publishes.NONE))
                            .remember(published.sequence(), newest);
                }
            }
            time = transaction.batch().lamportTime();
        }
        return new RoomState(
                Math.max(time, newest),
                newest,
                stays.values().stream()
                        .map(stay -> stay.with(publishes
                                .getOrDefault(stay.session(), new RecentPublishes(RoomState.Publishes.NONE))
                                .state()))
                        .toList());
    }

    @Override
    public Newest newest() {
        return events.isEmpty()
                ? new Newest(0, "")
                : new Newest(events.get(events.size() - 1).header().lamportTime(), digest);
    }

    @Override
    public Optional<String> digestAt(long lamportTime) {
        return Optional.ofNullable(digests.get(lamportTime));
    }
}
