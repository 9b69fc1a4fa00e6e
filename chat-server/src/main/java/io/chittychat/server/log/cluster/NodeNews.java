package io.chittychat.server.log.cluster;

import java.util.List;

/**
 * What a node itself has to tell the log: heartbeats, other limits, and its farewell. Times are those of a monotonic clock, in
 * nanoseconds.
 *
 * <p>Threading: guarded by the {@link Proposer}.
 */
final class NodeNews {

    private final Limits limits;
    private ReplicaJournal.Newest newest = new ReplicaJournal.Newest(0, "");
    private long heartbeatAt;
    private boolean proposeLimits;
    private boolean stopping;
    private boolean stopSent;

    /** @param limits what the node is set to */
    NodeNews(Limits limits) {
        this.limits = limits;
    }

    /** @param otherLimits whether the log has other limits than the node is set to */
    void begin(long now, boolean otherLimits) {
        heartbeatAt = now;
        proposeLimits = otherLimits;
    }

    /** Notes the newest event of the node. */
    void recorded(ReplicaJournal.Newest event) {
        newest = event;
    }

    /** The farewell is to be said, after everything else. */
    void stop() {
        stopping = true;
    }

    boolean hasSaidFarewell() {
        return stopSent;
    }

    long nanosUntilNext(long now) {
        return stopping && !stopSent ? 0 : heartbeatAt - now;
    }

    /** @param last whether nobody else has something to tell */
    void addTo(List<Pending<?>> gathered, long now, boolean last) {
        if (proposeLimits) {
            proposeLimits = false;
            gathered.add(Pending.of(new Proposal.ChangeLimits(limits)));
        }
        if (now - heartbeatAt >= 0) {
            heartbeatAt = now + limits.heartbeat().toNanos();
            gathered.add(Pending.of(new Proposal.Heartbeat(newest.lamportTime(), newest.digest())));
        }
        if (stopping && !stopSent && last) {
            stopSent = true;
            gathered.add(Pending.of(new Proposal.Stops()));
        }
    }
}
