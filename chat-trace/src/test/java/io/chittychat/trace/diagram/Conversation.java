package io.chittychat.trace.diagram;

import io.chittychat.property.Draw;
import io.chittychat.trace.spacetime.SpaceTime;
import java.util.List;
import java.util.stream.IntStream;

/** A conversation by chance: each participant does anything at any time. */
record Conversation(List<String> names, List<Act> acts) {

    record Act(int what, int who, String text) {}

    static Conversation any(Draw draw) {
        return new Conversation(
                draw.list(1, 14, each -> each.text(1, 20)),
                draw.list(0, 60, each -> new Act(each.below(12), each.below(100), each.text(1, 128))));
    }

    SpaceTime play() {
        int count = names.size();
        Played played = new Played(
                IntStream.range(0, count).mapToObj(i -> names.get(i) + i).toArray(String[]::new));
        for (Act act : acts) {
            int who = act.who() % count;
            switch (act.what()) {
                case 0, 1, 2 -> played.join(who);
                case 3, 4 -> played.say(who, act.text());
                case 5, 6 -> played.deliver();
                case 7 -> played.leave(who);
                case 8 -> played.crash(who).expire(who);
                case 9 -> played.lose(who);
                case 10 -> played.resume(who);
                default -> played.refuse(who, act.text());
            }
        }
        return played.end();
    }
}
