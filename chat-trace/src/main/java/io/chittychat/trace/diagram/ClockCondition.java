package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lamport's clock condition in the picture: a later step of a process, and the receipt of a message, have a later time than
 * their causes.
 */
final class ClockCondition {

    private final SpaceTime spaceTime;
    private final Set<Integer> broken = new HashSet<>();

    ClockCondition(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        spaceTime.messages().stream().filter(this::isBroken).map(Message::to).forEach(broken::add);
        Map<Integer, Step> previous = new HashMap<>();
        for (Step step : spaceTime.steps()) {
            Step before = previous.put(step.lifeline(), step);
            if (before != null && goesBack(before, step)) {
                broken.add(step.id());
            }
        }
    }

    /** Whether the step is not later than its cause. */
    boolean isBroken(Step step) {
        return broken.contains(step.id());
    }

    /** Whether the message was not received later than it was sent. */
    boolean isBroken(Message message) {
        return spaceTime.steps().get(message.to()).time()
                <= spaceTime.steps().get(message.from()).time();
    }

    /** A new process begins with a join and a clock of its own. The service's clock moves in every step. */
    private boolean goesBack(Step before, Step step) {
        if (spaceTime.lifelines().get(step.lifeline()).role() == Role.SERVICE) {
            return step.time() <= before.time();
        }
        boolean beginsAnew = step.kind() == Step.Kind.REQUEST && step.rpc().equals("Join");
        return step.time() < before.time() && !beginsAnew;
    }
}
