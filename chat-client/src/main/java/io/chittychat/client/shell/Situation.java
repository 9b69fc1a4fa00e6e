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
import java.util.function.Supplier;

/** The participant's place in the chat: name, connection, clock and waiting messages. Safe for use by several threads. */
public final class Situation {

    /** A message that waits until it is seen in the chat. */
    static final class Pending {
        private final String text;
        private Optional<Long> lamportTime = Optional.empty();

        private Pending(String text) {
            this.text = text;
        }
    }

    private final String server;
    private final boolean several;
    private final List<Pending> waiting = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private Link link = Link.OUTSIDE;
    private LongSupplier clock = () -> 0;
    private Supplier<Optional<String>> address = Optional::empty;

    /**
     * The situation before a join.
     *
     * @param server the address of the service, or its addresses
     * @param several whether it has several
     */
    public Situation(String server, boolean several) {
        this.server = server;
        this.several = several;
    }

    /** The situation now, for a prompt. */
    public synchronized Standing standing() {
        return new Standing(
                server,
                name,
                link,
                clock.getAsLong(),
                waiting.stream()
                        .map(pending -> new Waiting(pending.text, pending.lamportTime))
                        .toList());
    }

    /** The participant's name; empty outside of the chat. */
    public synchronized Optional<String> name() {
        return name;
    }

    /** Whether the participant is in the chat. */
    public boolean isInChat() {
        return name().isPresent();
    }

    synchronized void follow(LongSupplier clock, Supplier<Optional<String>> address) {
        this.clock = clock;
        this.address = address;
    }

    /** The one of several addresses from which events come or came last; empty if there is only one, or nothing has come. */
    synchronized Optional<String> address() {
        return several ? address.get() : Optional.empty();
    }

    /** The address for notices about the connection. */
    String place() {
        return address().orElse(server);
    }

    synchronized Link link() {
        return link;
    }

    synchronized void joinedAs(String name) {
        this.name = Optional.of(name);
    }

    synchronized void linkIs(Link link) {
        this.link = link;
    }

    /** The session has ended. A message that has a place in the log waits no longer. */
    synchronized void gone() {
        name = Optional.empty();
        link = Link.OUTSIDE;
        waiting.removeIf(pending -> pending.lamportTime.isPresent());
    }

    /** The session publishes a message, which waits from now on. */
    synchronized Pending said(String text) {
        Pending pending = new Pending(text);
        waiting.add(pending);
        return pending;
    }

    /** The service has replied with the message's place in the log. */
    synchronized void ordered(Pending pending, long lamportTime) {
        pending.lamportTime = Optional.of(lamportTime);
    }

    /** The message waits no longer. */
    synchronized void settled(Pending pending) {
        waiting.remove(pending);
    }

    /** The screen is about to show an event. If it is the participant's own, its message waits no longer. */
    synchronized void seen(Event event) {
        boolean own = event.getType() == EventType.EVENT_TYPE_PUBLISHED
                && name.filter(event.getParticipant()::equals).isPresent();
        if (own) {
            waiting.stream()
                    .filter(pending -> pending.text.equals(event.getText()))
                    .findFirst()
                    .ifPresent(waiting::remove);
        }
    }
}
