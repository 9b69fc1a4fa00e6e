package io.chittychat.server.log.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What participants were told, and what must therefore be true. */
final class SimulatedHistory {

    private final SimulatedWorld world;
    private final SimulatedLog log;
    private final Limits limits;
    private final Map<Map.Entry<SessionId, Long>, Long> acknowledged = new HashMap<>();
    private final Map<SessionId, Long> lastSign = new HashMap<>();
    private final Map<SessionId, Long> leapsAtSign = new HashMap<>();
    private final Set<SessionId> leavers = new HashSet<>();
    private final Map<Long, Object> states = new HashMap<>();
    private int reads;
    private @Nullable Throwable failure;

    SimulatedHistory(SimulatedWorld world, SimulatedLog log, Limits limits) {
        this.world = world;
        this.log = log;
        this.limits = limits;
    }

    /** A node that has applied the log up to a place has this state; all of them must have the same. */
    void state(long offset, Object state) {
        Object same = states.putIfAbsent(offset, state);
        if (same != null) {
            assertThat(state).as("the state at place %s", offset).isEqualTo(same);
        }
    }

    void acknowledged(SessionId session, long sequence, long time) {
        Long earlier = acknowledged.putIfAbsent(Map.entry(session, sequence), time);
        assertThat(earlier == null || earlier == time)
                .as("two times of one publish")
                .isTrue();
    }

    /** Runs a part of a participant, whose failure must not be taken for one of the service. */
    void guard(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | AssertionError e) {
            failure = failure == null ? e : failure;
        }
    }

    /** @param at when the participant sent what was accepted */
    void signed(SessionId session, long at) {
        lastSign.put(session, at);
        leapsAtSign.put(session, log.leaps);
    }

    void leaves(SessionId session) {
        leavers.add(session);
    }

    void mustBeVisible(SimulatedNode node, long lamportTime) {
        reads++;
        List<Event> events = node.events();
        boolean found = false;
        for (int i = events.size() - 1; i >= 0 && !found; i--) {
            found = events.get(i).header().lamportTime() == lamportTime;
        }
        assertThat(found).as("event %s on node %s", lamportTime, node.id).isTrue();
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    int reads() {
        return reads;
    }

    /** A left event was recorded: if the participant did not leave, it must have been silent for the window. */
    void left(SessionId session) {
        Long sign = lastSign.get(session);
        if (sign != null && !leavers.contains(session)) {
            long silence = world.now() - sign;
            long leapt = (log.leaps - leapsAtSign.getOrDefault(session, 0L)) * limits.mostPerEntry() * 1000;
            assertThat(silence + leapt)
                    .as("the silence of %s", session)
                    .isGreaterThanOrEqualTo(limits.resumeWindow().toNanos());
        }
    }

    /** Checks the log as a whole. */
    void check(List<SimulatedNode> nodes) {
        assertThat(failure).isNull();
        List<Event> events = nodes.get(0).events();
        for (SimulatedNode node : nodes) {
            assertThat(node.events()).as("the log of node %s", node.id).isEqualTo(events);
            assertThat(node.disagreeing()).isZero();
        }
        long time = 0;
        Map<Map.Entry<SessionId, Long>, Long> published = new HashMap<>();
        Map<SessionId, Long> newest = new HashMap<>();
        Map<String, SessionId> present = new HashMap<>();
        for (Event event : events) {
            Event.Header header = event.header();
            assertThat(header.previousLamportTime()).isEqualTo(time);
            assertThat(header.lamportTime()).isGreaterThan(time);
            time = header.lamportTime();
            if (event instanceof Event.Joined) {
                assertThat(present.put(header.participant(), header.session())).isNull();
            } else if (event instanceof Event.Left) {
                assertThat(present.remove(header.participant())).isEqualTo(header.session());
            } else if (event instanceof Event.Published publish) {
                assertThat(present).containsEntry(header.participant(), header.session());
                assertThat(published.put(Map.entry(header.session(), publish.sequence()), time))
                        .as("said twice")
                        .isNull();
                assertThat(publish.sequence())
                        .as("the order of one sender")
                        .isGreaterThan(newest.getOrDefault(header.session(), 0L));
                newest.put(header.session(), publish.sequence());
            }
        }
        assertThat(published).as("what was acknowledged is there").containsAllEntriesOf(acknowledged);
    }
}
