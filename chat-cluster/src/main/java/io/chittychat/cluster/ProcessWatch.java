package io.chittychat.cluster;

import io.chittychat.process.ChildProcess;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Says in one line that a process of a cluster has ended, and what that means for the conversation.
 *
 * <p>Threading: any thread.
 */
final class ProcessWatch {

    private static final int SIGNAL = 128; // a process that a signal ended has this exit code plus the signal's number

    /** What processes of a cluster do. */
    enum Role {
        BROKER,
        NODE;

        String noun() {
            return this == BROKER ? "broker" : "node";
        }
    }

    private final int brokers;
    private final int nodes;
    private final PrintStream out;
    private final BooleanSupplier ending;
    private final Map<Role, Set<Integer>> ended = new EnumMap<>(Role.class); // guarded by this; numbers

    /**
     * @param brokers the number of brokers
     * @param nodes the number of nodes
     * @param ending whether all processes are ended on purpose
     */
    ProcessWatch(int brokers, int nodes, PrintStream out, BooleanSupplier ending) {
        this.brokers = brokers;
        this.nodes = nodes;
        this.out = out;
        this.ending = ending;
        for (Role role : Role.values()) {
            ended.put(role, new HashSet<>());
        }
    }

    /** Watches a process that runs, in the place of an earlier one of that number. */
    void watch(Role role, int number, ChildProcess process) {
        synchronized (this) {
            ended(role).remove(number);
        }
        process.process().onExit().thenAccept(exited -> tell(role, number, process, exited.exitValue()));
    }

    private Set<Integer> ended(Role role) {
        return ended.getOrDefault(role, Set.of());
    }

    private synchronized void tell(Role role, int number, ChildProcess process, int exitCode) {
        if (ending.getAsBoolean()) {
            return;
        }
        ended(role).add(number);
        int all = role == Role.BROKER ? brokers : nodes;
        int alive = all - ended(role).size();
        String noun = role.noun();
        out.printf(
                "%s %d has ended: %s, pid %d, log %s. %d of %d %ss %s: %s. To start it again, type '%s %d'%n",
                noun,
                number,
                how(exitCode),
                process.pid(),
                process.outputFile(),
                alive,
                all,
                noun,
                alive == 1 ? "remains" : "remain",
                role == Role.BROKER ? withBrokers(alive) : withNodes(alive),
                noun,
                number);
        out.flush();
    }

    private static String how(int exitCode) {
        return exitCode > SIGNAL ? "killed by signal " + (exitCode - SIGNAL) : "exit code " + exitCode;
    }

    private static String withNodes(int alive) {
        return alive > 0 ? "the conversation goes on" : "nobody can talk until one is started again";
    }

    private String withBrokers(int alive) {
        int copies = NodeSettings.copies(brokers);
        boolean haveLeader = alive > brokers / 2; // the controllers decide by majority
        boolean enoughCopies = brokers - alive <= copies - NodeSettings.leastCopies(brokers);
        if (haveLeader && enoughCopies) {
            return "the conversation goes on";
        }
        boolean copiesMayBeElsewhere = haveLeader && copies < brokers;
        return copiesMayBeElsewhere
                ? "nobody can publish until one is started again, unless enough of them have a copy"
                : "nobody can publish until one is started again";
    }
}
