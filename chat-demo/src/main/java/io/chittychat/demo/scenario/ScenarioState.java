package io.chittychat.demo.scenario;

import io.chittychat.text.ParticipantName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The participants in the chat, and the state of lines and service, at a point of a scenario that is being read. Each method takes
 * a step if it is possible there, and returns the name; otherwise it throws {@link IllegalArgumentException} with a sentence for
 * the user.
 */
final class ScenarioState {

    /** The first words of lines, and words for the service; they cannot be names. */
    private static final Set<String> RESERVED = Set.of(
            "title",
            "scene",
            "together",
            "everybody",
            "crowd",
            "cut",
            "slow",
            "unreliable",
            "mend",
            "stop",
            "start",
            "restart",
            "server",
            "node",
            "the");

    private final List<String> present = new ArrayList<>();
    private final Map<String, String> spellings = new HashMap<>();
    private final Set<String> crashed = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    private final Set<String> spoilt = new HashSet<>();
    private final ClusterState cluster = new ClusterState();
    private boolean interrupted; // the service was stopped at some time
    private boolean stopped;
    private int most;
    private boolean somethingSaid;

    /** All participants in the chat, in the order of their joins. */
    List<String> names() {
        return List.copyOf(present);
    }

    String join(String name) {
        requireService();
        requireName(name);
        require(!present.contains(name), name + " is in the chat already");
        require(!crashed.contains(name), name + " has crashed, and its clock with it: give the newcomer another name");
        require(!cut.contains(name), "the line of " + name + " is cut: mend it first");
        present.add(name);
        most = Math.max(most, present.size());
        return name;
    }

    private void requireName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        require(!RESERVED.contains(lower) && !lower.matches("node-[0-9]+"), "'" + name + "' cannot be a name here");
        require(
                name.matches("[A-Za-z][A-Za-z0-9-]*")
                        && ParticipantName.problem(name).isEmpty(),
                "'%s' is no name: expected a letter, then letters, digits and hyphens, %d at most"
                        .formatted(name, ParticipantName.MAX_CODE_POINTS));
        String known = spellings.putIfAbsent(lower, name);
        require(
                known == null || known.equals(name),
                "to the service '%s' and '%s' are one name".formatted(known, name));
    }

    /** A participant can speak without a connection, too: the message waits. */
    String say(String name) {
        present(name);
        somethingSaid = true;
        return name;
    }

    private void present(String name) {
        require(present.contains(name), name + " is not in the chat");
    }

    String leave(String name) {
        connected(name);
        present.remove(name);
        return name;
    }

    private void connected(String name) {
        requireService();
        present(name);
        require(!cut.contains(name), "the line of " + name + " is cut: mend it first");
    }

    String crash(String name) {
        requireService();
        present(name);
        present.remove(name);
        crashed.add(name);
        require(
                present.isEmpty() || present.stream().anyMatch(other -> !cut.contains(other)),
                "no connected participant is left to notice that " + name + " crashes");
        return name;
    }

    String cut(String name) {
        connected(name);
        cut.add(name);
        return name;
    }

    /** A line becomes slow or unreliable. */
    String spoil(String name) {
        connected(name);
        spoilt.add(name);
        return name;
    }

    String mend(String name) {
        requireService();
        present(name);
        boolean wasSpoilt = spoilt.remove(name);
        require(cut.remove(name) || wasSpoilt, "nothing is wrong with the line of " + name);
        return name;
    }

    /** The nodes, for a step of theirs. */
    ClusterState cluster() {
        require(!interrupted, "the service of this scenario is one process, since it is stopped: it has no nodes");
        return cluster;
    }

    void stop() {
        requireService();
        require(
                !cluster.isUsed(),
                "the service of this scenario has nodes: kill one of them, as in 'node 2 is killed'");
        interrupted = true;
        stopped = true;
    }

    void start() {
        require(stopped, "the service runs");
        stopped = false;
    }

    void requireThatItMayEnd() {
        require(most > 1, "two participants must be in the chat at some time");
        require(somethingSaid, "at least one message is needed");
        cluster.requireThatItMayEnd();
        require(!stopped, "the service is stopped at the end: start it again");
        cut.stream().filter(present::contains).sorted().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("the line of %s is cut at the end: mend it".formatted(name));
        });
    }

    private void requireService() {
        require(!stopped, "the service is stopped, so only messages are possible: start it first");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
