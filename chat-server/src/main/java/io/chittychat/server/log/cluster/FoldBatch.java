package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the entries of a batch have changed. The room thread's. */
final class FoldBatch {

    final List<Event> events = new ArrayList<>();
    final List<Result.Joined> joins = new ArrayList<>();
    final Set<SessionId> changed = new LinkedHashSet<>(); // sessions whose presence has changed, or which have ended
    final List<SessionId> attached = new ArrayList<>();
    final List<Result.Left> expired = new ArrayList<>();
    final List<Beat> beats = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();

    /** A heartbeat. */
    record Beat(Author author, Proposal.Heartbeat heartbeat) {}

    /** A change of the cluster, for the service log. */
    record Change(Author author, What what) {
        enum What {
            STARTED,
            STOPPED,
            LOST,
            REPLACED,
            LIMITS
        }
    }

    void add(Outcome<?> outcome) {
        outcome.event().ifPresent(events::add);
        if (outcome instanceof Outcome.Accepted<?> accepted
                && accepted.result() instanceof Result.Joined joined
                && !joined.repeated()) {
            joins.add(joined);
        }
    }
}
