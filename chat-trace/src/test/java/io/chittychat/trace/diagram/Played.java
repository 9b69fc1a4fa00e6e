package io.chittychat.trace.diagram;

import io.chittychat.trace.log.Place;
import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that was played and not logged, with Lamport clocks as the service and its participants keep them. Who does
 * what in which order is the caller's.
 */
final class Played {

    private static final Instant BEGIN = Instant.parse("2026-11-21T17:00:00Z");

    private final List<Step> steps = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Who> everybody = new ArrayList<>();
    private final List<Copy> inFlight = new ArrayList<>();
    private long serviceClock;

    private record Copy(Who to, Step event) {}

    private static final class Who {
        private final int lifeline;
        private final String name;
        private final List<Presence> stays = new ArrayList<>();
        private long clock;
        private int lines;
        private long joined = -1;
        private boolean hears;
        private boolean gone;

        private Who(int lifeline, String name) {
            this.lifeline = lifeline;
            this.name = name;
        }
    }

    Played(String... names) {
        for (String name : names) {
            everybody.add(new Who(everybody.size() + 1, name));
        }
    }

    /** Sends a Join and a Broadcast and receives what comes, its own join first. */
    Played join(int who) {
        Who me = everybody.get(who);
        if (me.joined >= 0 || me.gone) {
            return this;
        }
        Step joined = ask(me, "Join", "", Step.Kind.JOINED, "Participant " + me.name + " joined");
        me.joined = joined.time();
        answer(me, joined, "Join");
        attach(me);
        inFlight.add(new Copy(me, joined));
        copies(joined, me);
        return this;
    }

    private void attach(Who me) {
        Step attached = ask(me, "Broadcast", "", Step.Kind.ATTACHED, "");
        me.hears = true;
        receive(me, attached, Step.Kind.CAUGHT_UP, Message.Kind.REPLY, "Broadcast");
    }

    /** The request arrives and has its place; no participant has a copy yet, and its sender has no reply. */
    Played say(int who, String text) {
        Who me = everybody.get(who);
        if (me.joined >= 0 && !me.gone) {
            Step said = ask(me, "Publish", text, Step.Kind.PUBLISHED, text);
            answer(me, said, "Publish");
            copies(said, null);
        }
        return this;
    }

    /** Two send before either's message has its place. */
    Played sayAtOnce(int one, String text, int other, String answer) {
        Who first = everybody.get(one);
        Who second = everybody.get(other);
        Step send = step(first, Step.Kind.REQUEST, ++first.clock, "Publish", text);
        Step reply = step(second, Step.Kind.REQUEST, ++second.clock, "Publish", answer);
        for (Step request : List.of(send, reply)) {
            Step said = serve(request, Step.Kind.PUBLISHED, request.text());
            copies(said, null);
            answer(everybody.get(request.lifeline() - 1), said, "Publish");
        }
        return this;
    }

    Played leave(int who) {
        Who me = everybody.get(who);
        if (me.joined >= 0 && !me.gone) {
            Step left = ask(me, "Leave", "", Step.Kind.LEFT, "Participant " + me.name + " left");
            step(me, Step.Kind.STREAM_END, me.clock, "Broadcast", "OK");
            answer(me, left, "Leave");
            end(me, left, Ending.LEFT);
        }
        return this;
    }

    /** Its process dies; the session is still there. */
    Played crash(int who) {
        Who me = everybody.get(who);
        if (me.joined >= 0 && !me.gone) {
            step(me, Step.Kind.CRASH, me.clock, "", "");
            me.gone = true;
            me.hears = false;
        }
        return this;
    }

    Played expire(int who) {
        Who me = everybody.get(who);
        if (me.joined >= 0 && !me.hears) {
            end(
                    me,
                    serviceStep(Step.Kind.LEFT, "Participant " + me.name + " left"),
                    me.gone ? Ending.CRASHED : Ending.EXPIRED);
        }
        return this;
    }

    Played lose(int who) {
        Who me = everybody.get(who);
        if (me.hears) {
            step(me, Step.Kind.STREAM_END, me.clock, "Broadcast", "UNAVAILABLE");
            me.hears = false;
        }
        return this;
    }

    Played resume(int who) {
        Who me = everybody.get(who);
        if (me.joined >= 0 && !me.gone && !me.hears) {
            attach(me);
        }
        return this;
    }

    Played unanswered(int who) {
        Who me = everybody.get(who);
        if (!me.gone) {
            step(me, Step.Kind.REQUEST, ++me.clock, "Publish", "");
            step(me, Step.Kind.NO_ANSWER, me.clock, "Publish", "UNAVAILABLE");
        }
        return this;
    }

    Played refuse(int who, String why) {
        Who me = everybody.get(who);
        if (!me.gone) {
            step(me, Step.Kind.REQUEST, ++me.clock, "Publish", "");
            step(me, Step.Kind.REFUSAL, me.clock, "Publish", why);
        }
        return this;
    }

    /** Every listening participant receives the copies under way to it. */
    Played deliver() {
        List<Copy> copies = List.copyOf(inFlight);
        inFlight.clear();
        for (Copy copy : copies) {
            if (copy.to().hears) {
                receive(copy.to(), copy.event(), Step.Kind.RECEIPT, Message.Kind.BROADCAST, "Broadcast");
            } else if (copy.to().joined >= 0) {
                inFlight.add(copy);
            }
        }
        return this;
    }

    SpaceTime end() {
        deliver();
        List<Lifeline> lifelines = new ArrayList<>();
        lifelines.add(new Lifeline("Chitty-Chat", Role.SERVICE, List.of()));
        for (Who who : everybody) {
            if (who.joined >= 0) {
                who.stays.add(new Presence(who.joined, serviceClock, Ending.OPEN));
            }
            lifelines.add(new Lifeline(who.name, Role.PARTICIPANT, who.stays));
        }
        long last = steps.stream().mapToLong(Step::time).max().orElse(0);
        return new SpaceTime(lifelines, steps, messages, new SpaceTime.Window(1, last, 1, last));
    }

    private void end(Who me, Step left, Ending ending) {
        me.stays.add(new Presence(me.joined, left.time(), ending));
        me.joined = -1;
        me.hears = false;
        inFlight.removeIf(copy -> copy.to() == me);
        copies(left, me);
    }

    private Step ask(Who me, String rpc, String text, Step.Kind kind, String outcome) {
        return serve(step(me, Step.Kind.REQUEST, ++me.clock, rpc, text), kind, outcome);
    }

    private Step serve(Step request, Step.Kind kind, String text) {
        serviceClock = Math.max(serviceClock, request.time());
        Step served = serviceStep(kind, text);
        messages.add(new Message(request.id(), served.id(), Message.Kind.REQUEST));
        return served;
    }

    private void answer(Who me, Step served, String rpc) {
        receive(me, served, Step.Kind.REPLY, Message.Kind.REPLY, rpc);
    }

    private void receive(Who me, Step from, Step.Kind kind, Message.Kind message, String rpc) {
        me.clock = Math.max(me.clock, from.time()) + 1;
        Step received = step(me, kind, me.clock, rpc, kind == Step.Kind.RECEIPT ? from.text() : "");
        messages.add(new Message(from.id(), received.id(), message));
    }

    private void copies(Step event, @Nullable Who but) {
        everybody.stream()
                .filter(who -> who != but && who.joined >= 0 && !who.gone)
                .forEach(who -> inFlight.add(new Copy(who, event)));
    }

    private Step serviceStep(Step.Kind kind, String text) {
        Step step = new Step(steps.size(), 0, ++serviceClock, kind, "", text, Optional.empty(), Optional.empty());
        steps.add(step);
        return step;
    }

    private Step step(Who who, Step.Kind kind, long time, String rpc, String text) {
        Place place = new Place(Path.of("logs", "participant-" + who.lifeline + ".log"), ++who.lines);
        Optional<Instant> at = Optional.of(BEGIN.plusMillis(20L * steps.size()));
        Step step = new Step(steps.size(), who.lifeline, time, kind, rpc, text, at, Optional.of(place));
        steps.add(step);
        return step;
    }
}
