package io.chittychat.tools.diagram;

import io.chittychat.tools.trace.SpaceTime;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Conversations by chance: anybody does anything at any time. */
final class Conversations {

    private record Act(int what, int who, String text) {}

    private Conversations() {}

    static Arbitrary<SpaceTime> any() {
        Arbitrary<String> names = Arbitraries.strings().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).ofMaxLength(128);
        Arbitrary<Act> acts = Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 99),
                        texts)
                .as(Act::new);
        return Combinators.combine(
                        names.list().ofMinSize(1).ofMaxSize(14), acts.list().ofMaxSize(60))
                .as(Conversations::play);
    }

    private static SpaceTime play(List<String> names, List<Act> acts) {
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
