package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener.Happening;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import io.chittychat.trace.spacetime.Lifeline.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who was in the chat from when to when. Not safe for use by several threads. */
final class Attendances {

    /** More stays of one participant than anybody draws: then the oldest are forgotten. */
    private static final int MOST = 100;

    private final Map<String, List<Presence>> stays = new LinkedHashMap<>();
    private long last;

    void happened(Happening happening) {
        last = happening.lamport();
        switch (happening.type()) {
            case "joined" -> add(happening.from(), new Presence(last, last, Ending.OPEN));
            case "left" -> end(happening.from(), last, happening.sent() > 0 ? Ending.LEFT : Ending.EXPIRED);
            default -> {}
        }
    }

    private void add(String name, Presence stay) {
        List<Presence> all = stays.computeIfAbsent(name, same -> new ArrayList<>());
        if (all.size() == MOST) {
            all.remove(0);
        }
        all.add(stay);
    }

    private void end(String name, long lamport, Ending ending) {
        List<Presence> all = stays.computeIfAbsent(name, same -> new ArrayList<>());
        int open = all.size() - 1;
        if (open >= 0 && all.get(open).ending() == Ending.OPEN) {
            all.set(open, new Presence(all.get(open).joined(), lamport, ending));
        }
    }

    /**
     * A participant's log is at its end.
     *
     * @param present whether it had not left, as far as it knows
     * @return whether it crashed: others saw its session expire, and it did not go on
     */
    boolean ended(String name, boolean present) {
        List<Presence> all = stays.getOrDefault(name, List.of());
        int newest = all.size() - 1;
        if (!present || newest < 0 || all.get(newest).ending() != Ending.EXPIRED) {
            return false;
        }
        Presence stay = all.get(newest);
        all.set(newest, new Presence(stay.joined(), stay.ended(), Ending.CRASHED));
        return true;
    }

    /** The lifelines of those whose logs there are, in the order of their first joins. */
    List<Lifeline> lifelines(Collection<String> names) {
        List<Lifeline> lifelines = new ArrayList<>();
        stays.forEach((name, all) -> {
            if (names.contains(name)) {
                lifelines.add(new Lifeline(
                        name, Role.PARTICIPANT, all.stream().map(this::untilNow).toList()));
            }
        });
        names.stream()
                .filter(name -> !stays.containsKey(name))
                .forEach(name -> lifelines.add(new Lifeline(name, Role.PARTICIPANT, List.of())));
        return lifelines;
    }

    private Presence untilNow(Presence stay) {
        return stay.ending() == Ending.OPEN ? new Presence(stay.joined(), last, Ending.OPEN) : stay;
    }
}
