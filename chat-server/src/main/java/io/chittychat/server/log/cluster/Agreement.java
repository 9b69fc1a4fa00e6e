package io.chittychat.server.log.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the digests that the nodes tell in their heartbeats with those of this node. All nodes apply the same entries, so
 * a difference is an error of the service, of a disk or of memory.
 *
 * <p>Threading: the room thread.
 */
final class Agreement {

    private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);

    private final ReplicaJournal journal;
    private final Map<Author, Boolean> agrees = new HashMap<>(); // by the newest heartbeat of each other node
    private volatile int disagreeing;

    Agreement(ReplicaJournal journal) {
        this.journal = journal;
    }

    /** Returns how many other nodes disagree with this one. Any thread. */
    int disagreeing() {
        return disagreeing;
    }

    /**
     * Compares the heartbeats of other nodes.
     *
     * @param present the nodes that are present, this one included
     * @return where this node differs from the majority; empty if it does not
     */
    Optional<String> compare(List<FoldBatch.Beat> beats, Author own, List<Author> present) {
        Optional<String> difference = Optional.empty();
        for (FoldBatch.Beat beat : beats) {
            if (!beat.author().equals(own) && beat.heartbeat().lamportTime() != 0) {
                Optional<Boolean> equal = equal(beat.heartbeat());
                equal.ifPresent(same -> note(beat, same));
                if (equal.isPresent() && !equal.get()) {
                    difference = Optional.of("at event " + beat.heartbeat().lamportTime() + ", or at one before it");
                }
            }
        }
        agrees.keySet().retainAll(present);
        disagreeing = (int) agrees.values().stream().filter(same -> !same).count();
        int agreeing = 1 + agrees.size() - disagreeing; // this node agrees with itself
        return disagreeing > agreeing ? difference : Optional.empty();
    }

    /** Whether this node has the same digest; empty if it does not know. */
    private Optional<Boolean> equal(Proposal.Heartbeat heartbeat) {
        if (heartbeat.lamportTime() > journal.newest().lamportTime()) {
            return Optional.of(false); // it has an event that this node does not have, though it read less of the log
        }
        return journal.digestAt(heartbeat.lamportTime()).map(heartbeat.digest()::equals);
    }

    private void note(FoldBatch.Beat beat, boolean same) {
        Boolean before = agrees.put(beat.author(), same);
        if (!same && !Boolean.FALSE.equals(before)) {
            LOG.error(
                    "Node {} has another log than this one, at event {} or before it",
                    beat.author().name(),
                    beat.heartbeat().lamportTime());
        }
    }
}
