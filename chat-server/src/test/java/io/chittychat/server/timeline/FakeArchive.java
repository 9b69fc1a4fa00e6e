package io.chittychat.server.timeline;

import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An archive in memory. */
final class FakeArchive implements Archive {

    private final List<Event> events = new ArrayList<>();
    volatile long removedThrough;
    volatile boolean unreadable;
    volatile @Nullable Error failure;

    synchronized void add(List<Event> more) {
        events.addAll(more);
    }

    @Override
    public boolean reaches(long cursor) {
        return cursor >= removedThrough;
    }

    @Override
    public long removedThrough() {
        return removedThrough;
    }

    @Override
    public synchronized OptionalLong oldest() {
        return events.stream()
                .mapToLong(Event::getLamportTime)
                .filter(time -> time > removedThrough)
                .findFirst();
    }

    @Override
    public synchronized Page after(long cursor, long upTo, int maxEvents) {
        if (failure != null) {
            throw failure;
        }
        if (unreadable) {
            throw new UnreadableException(new java.io.IOException("the disk is on fire"));
        }
        List<Event> page = events.stream()
                .filter(event -> event.getLamportTime() > cursor && event.getLamportTime() <= upTo)
                .limit(maxEvents)
                .toList();
        if (page.isEmpty()) {
            return new Page(Optional.empty(), reaches(cursor));
        }
        byte[] bytes = BroadcastResponse.newBuilder().addAllEvents(page).build().toByteArray();
        Slice slice =
                new Slice(bytes, 0, bytes.length, page.get(page.size() - 1).getLamportTime());
        return new Page(Optional.of(slice), reaches(cursor));
    }

    @Override
    public synchronized List<Event> before(long lamportTime, int maxEvents) {
        List<Event> page = new ArrayList<>(events.stream()
                .filter(event -> event.getLamportTime() < lamportTime && event.getLamportTime() > removedThrough)
                .toList());
        Collections.reverse(page);
        return page.subList(0, Math.min(maxEvents, page.size()));
    }
}
