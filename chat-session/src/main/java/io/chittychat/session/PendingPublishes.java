package io.chittychat.session;

import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The publishes of a participant that have not completed, over all its sessions. If one was under way when its session was lost,
 * the log tells what became of it, unless the log is not whole. What is known of that stays until it is settled, whatever
 * sessions are lost meanwhile.
 *
 * <p>Used by the session thread only.
 */
final class PendingPublishes {

    private final String author;
    private final Set<PendingPublish> pending = new LinkedHashSet<>();

    /** Whether the session in which they were sent has left, so that later events may be those of another participant. */
    private boolean leftSeen;

    /** Whether its left event may be among events that were missed; then the next joined event of that name tells that it has left. */
    private boolean eventsMissed;

    /** @param author the name of the participant */
    PendingPublishes(String author) {
        this.author = author;
    }

    /** Remembers a publish until it completes. */
    void track(PendingPublish publish) {
        pending.add(publish);
        publish.result().whenComplete((published, failure) -> pending.remove(publish));
    }

    /** All of them, in order. */
    List<PendingPublish> all() {
        return List.copyOf(pending);
    }

    /** Compares them with an event, which may be the result of one. */
    void compare(Event event) {
        if (!event.getParticipant().equals(author)) {
            return;
        }
        leftSeen |= event.getType() == EventType.EVENT_TYPE_LEFT
                || (eventsMissed && event.getType() == EventType.EVENT_TYPE_JOINED);
        if (!leftSeen) {
            pending.forEach(publish -> publish.compare(event, author));
        }
    }

    /** Completes those that the log is known to have; for a session whose replies do not count any more. */
    void completeFound() {
        all().forEach(PendingPublish::completeFound);
    }

    /** Some events are missed: removed, or in a log that is gone. The results of publishes under way may be among them. */
    void missed() {
        eventsMissed = true;
        pending.forEach(PendingPublish::missed);
    }

    /**
     * All events before the new session have been received.
     *
     * @param again sends a publish again that the log does not have
     */
    void settle(Consumer<PendingPublish> again) {
        leftSeen = false;
        eventsMissed = false;
        // At most one. It is looked up before it is settled, since settling may start the next one.
        List<PendingPublish> underWay =
                all().stream().filter(PendingPublish::isUnderWay).toList();
        underWay.forEach(publish -> {
            publish.settle();
            again.accept(publish);
        });
    }
}
