package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Conversations to draw. */
final class Samples {

    /** Text that would like to be markup, or to move other text. */
    static final String HOSTILE =
            "</script><script>window.broken=1</script>\u2028\u2029 <img src=x onerror='broken()'> ]]> --> &amp;"
                    + " \u202e\"\u0000\ufffe";

    private Samples() {}

    /** One participant and one message. */
    static SpaceTime tiny() {
        return new Played("alice")
                .join(0)
                .deliver()
                .say(0, "Hello <world> & \"you\"")
                .end();
    }

    /** Two participants and two messages. */
    static SpaceTime small() {
        return new Played("alice", "bob")
                .join(0)
                .deliver()
                .join(1)
                .deliver()
                .say(0, "Is anybody here?")
                .deliver()
                .say(1, "Yes. 你好!")
                .deliver()
                .leave(0)
                .end();
    }

    /** Everything that can happen: at once, a lost stream, a refusal, a crash, a late comer. */
    static SpaceTime full() {
        return new Played("alice", "bob", "carol", "dave")
                .join(0)
                .deliver()
                .join(1)
                .deliver()
                .join(2)
                .deliver()
                .say(0, "Is anybody here?")
                .deliver()
                .say(1, "Yes. Grüße, 你好, Γειά σου! 👋")
                .deliver()
                .sayAtOnce(0, "Shall we start?", 2, "Let us start.")
                .deliver()
                .lose(1)
                .say(
                        0,
                        "This is a message of one hundred and twenty-eight characters or so, to see what becomes of"
                                + " the long ones in the margin.")
                .deliver()
                .resume(1)
                .deliver()
                .crash(2)
                .join(3)
                .deliver()
                .refuse(3, "TEXT_BLANK")
                .say(3, "Did I miss anything?")
                .deliver()
                .leave(1)
                .expire(2)
                .deliver()
                .say(0, "It is only the two of us now.")
                .deliver()
                .leave(3)
                .deliver()
                .end();
    }

    /** As many as there are names for. */
    static SpaceTime crowd(int count) {
        String[] names = IntStream.range(0, count)
                .mapToObj(i -> List.of(
                                        "alice",
                                        "bob",
                                        "carol",
                                        "dave",
                                        "erin",
                                        "frank",
                                        "grace",
                                        "heidi",
                                        "ivan",
                                        "judy",
                                        "mallory",
                                        "participant-12")
                                .get(i % 12)
                        + (i < 12 ? "" : "-" + i))
                .toArray(String[]::new);
        Played played = new Played(names);
        for (int i = 0; i < count; i++) {
            played.join(i);
            if (i % 3 == 2) {
                played.deliver();
            }
        }
        played.deliver();
        for (int i = 0; i < 5; i++) {
            played.say(i * 2 % count, "Message number " + i).deliver();
        }
        return played.leave(count - 1).deliver().end();
    }

    /** A message that was received before it was sent, by the clocks. */
    static SpaceTime broken() {
        SpaceTime right = small();
        List<Step> steps = new ArrayList<>(right.steps());
        Message copy = right.messages().stream()
                .filter(message -> message.kind() == Message.Kind.BROADCAST)
                .reduce((one, other) -> other)
                .orElseThrow();
        Step receipt = steps.get(copy.to());
        steps.set(copy.to(), at(receipt, steps.get(copy.from()).time() - 2));
        return new SpaceTime(right.lifelines(), steps, right.messages(), right.window());
    }

    /** The part from a time to a time, as far as its steps go. */
    static SpaceTime part(SpaceTime whole, long from, long to) {
        SpaceTime kept = only(whole, time -> time >= from && time <= to);
        SpaceTime.Window all = whole.window();
        return new SpaceTime(
                kept.lifelines(),
                kept.steps(),
                kept.messages(),
                new SpaceTime.Window(from, to, all.first(), all.last()));
    }

    /** The steps of some Lamport times, as if no log had the others. */
    static SpaceTime only(SpaceTime whole, LongPredicate kept) {
        List<Step> steps = new ArrayList<>();
        int[] places = new int[whole.steps().size()];
        for (Step step : whole.steps()) {
            boolean inside = kept.test(step.time());
            places[step.id()] = inside ? steps.size() : -1;
            if (inside) {
                steps.add(numbered(step, steps.size()));
            }
        }
        List<Message> messages = whole.messages().stream()
                .filter(message -> places[message.from()] >= 0 && places[message.to()] >= 0)
                .map(message -> new Message(places[message.from()], places[message.to()], message.kind()))
                .toList();
        return new SpaceTime(whole.lifelines(), steps, messages, whole.window());
    }

    private static Step at(Step step, long time) {
        return new Step(
                step.id(),
                step.lifeline(),
                time,
                step.kind(),
                step.rpc(),
                step.text(),
                step.recordedAt(),
                step.source());
    }

    private static Step numbered(Step step, int id) {
        return new Step(
                id,
                step.lifeline(),
                step.time(),
                step.kind(),
                step.rpc(),
                step.text(),
                step.recordedAt(),
                step.source());
    }
}
