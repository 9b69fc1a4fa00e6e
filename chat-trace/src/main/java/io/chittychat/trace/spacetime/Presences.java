package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener.ServiceStep;
import io.chittychat.trace.log.ServiceRecord;
import io.chittychat.trace.spacetime.Lifeline.Attachment;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import io.chittychat.trace.spacetime.Lifeline.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects when each participant was in the chat. Not safe for use by several threads. */
final class Presences {

    /** The stays of a participant that are kept; older ones are forgotten. */
    private static final int MOST = 100;

    private final boolean withNodes;
    private final Map<String, List<Presence>> stays = new LinkedHashMap<>();
    private final Map<String, List<Attachment>> attachments = new HashMap<>();
    private long last;

    /** @param withNodes whether the nodes are collected, too */
    Presences(boolean withNodes) {
        this.withNodes = withNodes;
    }

    void happened(ServiceStep serviceStep) {
        last = serviceStep.lamport();
        switch (serviceStep.type()) {
            case "joined" -> add(serviceStep.from(), new Presence(last, last, Ending.OPEN));
            case "left" -> end(serviceStep.from(), last, serviceStep.sent() > 0 ? Ending.LEFT : Ending.EXPIRED);
            default -> {}
        }
    }

    /** Notes which node has accepted a Broadcast, by the name of its log. */
    void attached(ServiceStep serviceStep) {
        ServiceRecord accepted = serviceStep.service();
        if (withNodes && accepted != null && serviceStep.type().isEmpty()) {
            List<Attachment> all = attachments.computeIfAbsent(serviceStep.from(), same -> new ArrayList<>());
            if (all.size() == MOST) {
                all.remove(0);
            }
            all.add(new Attachment(
                    serviceStep.lamport(), nodeOf(accepted.place().file())));
        }
    }

    private static String nodeOf(Path log) {
        return String.valueOf(log.getFileName()).replaceFirst("\\.[^.]*$", "");
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
     * The log of a participant ends.
     *
     * @param present whether it had not left, according to its own log
     * @return whether it crashed: its session expired, and its log does not continue
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

    /** The lifelines of these participants, in the order of their first joins. */
    List<Lifeline> lifelines(Collection<String> names) {
        List<Lifeline> lifelines = new ArrayList<>();
        stays.forEach((name, all) -> {
            if (names.contains(name)) {
                lifelines.add(new Lifeline(
                        name,
                        Role.PARTICIPANT,
                        all.stream().map(this::untilNow).toList(),
                        attachments.getOrDefault(name, List.of())));
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
