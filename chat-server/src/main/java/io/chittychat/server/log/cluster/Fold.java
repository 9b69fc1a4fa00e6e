package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.room.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the entries of a log that several nodes write and read. It is deterministic: the same entries lead to the same
 * state and the same events on every node. Nothing but the entries decides: no clock, no setting and no disk of a node.
 *
 * <p>There are two times. The time of events is that of the entries, made monotonous. Windows run in another time, which
 * follows it, except that it moves by little over a silence: while nobody could write, nobody expires. Time passes with
 * each entry, whoever wrote it: silent nodes are given up, and sessions without a sign of life expire.
 *
 * <p>An entry counts only if its author is present and no entry of that author is missing before it. So what a node gave
 * up cannot come back after what it wrote later.
 *
 * <p>Threading: the room thread only.
 */
final class Fold {

    private final Room room;
    private final Map<SessionId, Presence> presences = new HashMap<>();
    private final Membership members = new Membership(this::detachAll);
    private @Nullable Limits limits;
    private long time; // microseconds
    private long windowTime; // microseconds

    /** What became of an entry. */
    enum Verdict {
        /** It was applied. */
        APPLIED,
        /** It was applied before. */
        DUPLICATE,
        /** It does not count, because its author is not present. */
        IGNORED
    }

    /** @param room has been restored to the same place in the log as {@code state} */
    Fold(Room room, FoldState state) {
        this.room = room;
        this.time = state.time();
        this.windowTime = state.windowTime();
        state.limits().ifPresent(this::limit);
        members.restore(state.members());
        presences.putAll(state.presences());
    }

    /** Returns the state, for an entry at an offset that comes next. */
    FoldState state(long offset) {
        return new FoldState(offset, time, windowTime, limits(), members.all(), Map.copyOf(presences));
    }

    Optional<Limits> limits() {
        return Optional.ofNullable(limits);
    }

    /** Returns the nodes that are known. */
    Membership members() {
        return members;
    }

    Optional<Presence> presence(SessionId session) {
        return Optional.ofNullable(presences.get(session));
    }

    /** Returns the state without the presences, for a batch that changed only some of them. */
    FoldState stateWithout(long offset) {
        return new FoldState(offset, time, windowTime, limits(), members.all(), Map.of());
    }

    /**
     * Applies an entry.
     *
     * @param at the time of the entry, in microseconds since 1970
     * @param batch gets what it changes
     * @param outcomes gets one outcome for each proposal, if the verdict is {@link Verdict#APPLIED}
     */
    Verdict apply(Entry entry, long at, FoldBatch batch, List<Outcome<?>> outcomes) {
        boolean starts = entry.proposals().get(0) instanceof Proposal.Starts;
        if (limits == null && !starts) {
            return Verdict.IGNORED; // the log begins with a node
        }
        if (entry.proposals().get(0) instanceof Proposal.Starts start && limits == null) {
            limit(start.limits());
        }
        long before = windowTime;
        pass(at);
        Verdict verdict = members.hear(entry, windowTime, batch); // first: its author is not silent
        endWhatIsOver(before, batch);
        if (verdict == Verdict.APPLIED) {
            Turn turn = turn();
            for (Proposal proposal : entry.proposals()) {
                Outcome<?> outcome = apply(proposal, entry.author(), turn, batch);
                batch.add(outcome);
                outcomes.add(outcome);
            }
        }
        return verdict;
    }

    private Turn turn() {
        return new Turn(FoldState.instant(time), FoldState.instant(windowTime), Turn.Space.ALL);
    }

    private void limit(Limits changed) {
        limits = changed;
        room.limit(changed.ofRoom());
    }

    private Limits knownLimits() {
        if (limits == null) {
            throw new IllegalStateException("the log has not begun");
        }
        return limits;
    }

    /** The life of a node has ended: it serves no session any more. */
    private void detachAll(long incarnation, FoldBatch batch) {
        for (Map.Entry<SessionId, Presence> entry : List.copyOf(presences.entrySet())) {
            Presence presence = entry.getValue();
            if (presence.isAttached() && presence.attachedBy() == incarnation) {
                room.apply(new Command.Detach(entry.getKey(), presence.attachedAt()), turn());
                put(entry.getKey(), presence.detached(windowTime), batch);
            }
        }
    }

    /** Lets the time pass up to that of an entry. */
    private void pass(long at) {
        long next = Math.max(time, at);
        windowTime += time == 0 ? 0 : Math.min(next - time, knownLimits().mostPerEntry());
        time = next;
    }

    /** Ends nodes and sessions whose time is over, in steps of time, because it looks at all of them. */
    private void endWhatIsOver(long before, FoldBatch batch) {
        Limits now = knownLimits();
        if (windowTime / now.step() != before / now.step()) {
            members.endSilent(now, windowTime, batch);
            expire(now, batch);
        }
    }

    private void expire(Limits now, FoldBatch batch) {
        List<Map.Entry<SessionId, Presence>> due = new ArrayList<>();
        for (Map.Entry<SessionId, Presence> entry : presences.entrySet()) {
            Presence presence = entry.getValue();
            if (!presence.isAttached() && windowTime - presence.lastSign() >= now.expiry()) {
                due.add(entry);
            }
        }
        due.sort(Fold::inOrder);
        for (Map.Entry<SessionId, Presence> entry : due) {
            Outcome<Result.Left> outcome = room.apply(
                    new Command.Expire(entry.getKey(), entry.getValue().newestJoin()), turn());
            batch.add(outcome);
            if (outcome instanceof Outcome.Accepted<Result.Left> left) {
                remove(entry.getKey(), batch);
                batch.expired.add(left.result());
            }
        }
    }

    /** An order that is the same on all nodes: by the newest sign of life, then by the id. */
    private static int inOrder(Map.Entry<SessionId, Presence> one, Map.Entry<SessionId, Presence> other) {
        int bySign = Long.compare(one.getValue().lastSign(), other.getValue().lastSign());
        if (bySign != 0) {
            return bySign;
        }
        int byHigh = Long.compare(one.getKey().high(), other.getKey().high());
        return byHigh != 0
                ? byHigh
                : Long.compare(one.getKey().low(), other.getKey().low());
    }

    private Outcome<?> apply(Proposal proposal, Author author, Turn turn, FoldBatch batch) {
        if (proposal instanceof Proposal.ForRoom forRoom) {
            return apply(forRoom.command(), author, turn, batch);
        }
        if (proposal instanceof Proposal.Heartbeat heartbeat) {
            batch.beats.add(new FoldBatch.Beat(author, heartbeat));
        } else if (proposal instanceof Proposal.ChangeLimits change
                && !change.limits().equals(limits)) {
            limit(change.limits());
            batch.changes.add(new FoldBatch.Change(author, FoldBatch.Change.What.LIMITS));
        } else if (proposal instanceof Proposal.Stops) {
            members.stop(author, windowTime, batch);
        }
        return Outcome.done(new Result.Detached());
    }

    private Outcome<?> apply(Command<?> command, Author author, Turn turn, FoldBatch batch) {
        if (command instanceof Command.Expire) {
            return Outcome.refused(Refusal.SESSION_ALIVE); // only time makes a session expire
        }
        Outcome<?> outcome = room.apply(command, turn);
        if (command instanceof Command.Join join) {
            joined(join, outcome, batch);
        } else if (command instanceof Command.Leave leave) {
            if (outcome instanceof Outcome.Accepted<?>) {
                remove(leave.session(), batch);
            }
        } else if (command instanceof Command.Attach attach) {
            attached(attach.session(), author, outcome, batch);
        } else if (command instanceof Command.Detach detach) {
            detached(detach, batch);
        } else if (command instanceof Command.Publish publish) {
            sign(publish.session(), batch);
        } else if (command instanceof Command.Touch touch) {
            sign(touch.session(), batch);
        }
        return outcome;
    }

    private void joined(Command.Join join, Outcome<?> outcome, FoldBatch batch) {
        if (outcome instanceof Outcome.Accepted<?> accepted && accepted.result() instanceof Result.Joined joined) {
            Presence earlier = presences.get(joined.session());
            put(
                    joined.session(),
                    earlier == null
                            ? new Presence(0, 0, windowTime, windowTime, joined.session())
                            : earlier.joinedAgain(join.session(), windowTime),
                    batch);
        }
    }

    private void attached(SessionId session, Author author, Outcome<?> outcome, FoldBatch batch) {
        Presence presence = presences.get(session);
        if (presence != null
                && outcome instanceof Outcome.Accepted<?> accepted
                && accepted.result() instanceof Result.Attached attached) {
            put(session, presence.attached(author.incarnation(), attached.lamportTime(), windowTime), batch);
            batch.attached.add(session);
        }
    }

    private void detached(Command.Detach detach, FoldBatch batch) {
        Presence presence = presences.get(detach.session());
        if (presence != null && presence.isAttached() && presence.attachedAt() == detach.attachedAt()) {
            put(detach.session(), presence.detached(windowTime), batch);
        }
    }

    private void sign(SessionId session, FoldBatch batch) {
        Presence presence = presences.get(session);
        if (presence != null && presence.lastSign() != windowTime) {
            put(session, presence.signed(windowTime), batch);
        }
    }

    private void put(SessionId session, Presence presence, FoldBatch batch) {
        presences.put(session, presence);
        batch.changed.add(session);
    }

    private void remove(SessionId session, FoldBatch batch) {
        presences.remove(session);
        batch.changed.add(session);
    }
}
