package io.chittychat.session;

import io.chittychat.v1.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the calls. */
final class RecordingListener implements ChatListener {

    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Long> clocks = new CopyOnWriteArrayList<>();
    final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    final List<SessionEnd.Reason> ends = new CopyOnWriteArrayList<>();
    final List<Long> rejoins = new CopyOnWriteArrayList<>();
    final List<String> missed = new CopyOnWriteArrayList<>();

    @Override
    public void received(Event event, long clock) {
        clocks.add(clock);
        events.add(event); // last, since tests await it
    }

    @Override
    public void rejoined(Joined joined, long after) {
        rejoins.add(after);
    }

    @Override
    public void stateChanged(ConnectionState state) {
        states.add(state);
    }

    @Override
    public void missed(long after, long before) {
        missed.add(after + ".." + before);
    }

    @Override
    public void ended(SessionEnd end) {
        ends.add(end.reason());
    }

    List<String> texts() {
        return events.stream().map(Event::getText).toList();
    }
}
