package io.chittychat.client.shell;

import io.chittychat.client.render.Standing;
import io.chittychat.client.render.Standing.Link;
import io.chittychat.client.render.Standing.Waiting;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How one stands with the chat, kept up by whoever learns of a change. Safe for use by several threads. */
public final class Situation {

    private static final class Said {
        private final String text;
        private Optional<Long> lamportTime = Optional.empty();

        Said(String text) {
            this.text = text;
        }
    }

    private final String server;
    private final List<Said> waiting = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private Link link = Link.OUTSIDE;
    private LongSupplier clock = () -> 0;

    /** Outside of the chat of a service. */
    public Situation(String server) {
        this.server = server;
    }

    /** What a prompt shows of it. */
    public synchronized Standing standing() {
        return new Standing(
                server,
                name,
                link,
                clock.getAsLong(),
                waiting.stream()
                        .map(said -> new Waiting(said.text, said.lamportTime))
                        .toList());
    }

    /** One's own name, while one is in the chat. */
    public synchronized Optional<String> name() {
        return name;
    }

    public boolean isInChat() {
        return name().isPresent();
    }

    synchronized void follow(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void joinedAs(String name) {
        this.name = Optional.of(name);
    }

    synchronized void linkIs(Link link) {
        this.link = link;
    }

    /** Out of the chat; what has a place in the log is not waited for any more. */
    synchronized void gone() {
        name = Optional.empty();
        link = Link.OUTSIDE;
        waiting.removeIf(said -> said.lamportTime.isPresent());
    }

    /** Something was said; what is returned names it. */
    synchronized Object said(String text) {
        Said said = new Said(text);
        waiting.add(said);
        return said;
    }

    /** The service has told the place of something said. */
    synchronized void ordered(Object what, long lamportTime) {
        for (Said said : waiting) {
            if (said == what) {
                said.lamportTime = Optional.of(lamportTime);
            }
        }
    }

    /** Something said is not waited for any more. */
    synchronized void settled(Object what) {
        waiting.removeIf(said -> said == what);
    }

    /** An event is about to be shown: if one has said it, it is not waited for any more. */
    synchronized void seen(Event event) {
        boolean own = event.getType() == EventType.EVENT_TYPE_PUBLISHED
                && name.filter(event.getParticipant()::equals).isPresent();
        if (own) {
            waiting.stream()
                    .filter(said -> said.text.equals(event.getText()))
                    .findFirst()
                    .ifPresent(waiting::remove);
        }
    }
}
