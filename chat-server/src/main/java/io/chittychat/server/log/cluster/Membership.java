package io.chittychat.server.log.cluster;

import io.chittychat.server.log.cluster.Fold.Verdict;
import io.chittychat.server.log.cluster.FoldBatch.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The nodes that the log knows. Times are times of windows, in microseconds.
 *
 * <p>Threading: the room thread only.
 */
final class Membership {

    private static final long MEMORY = 3_600_000_000L; // microseconds for which an ended node is remembered
    private static final int MOST_ENDED = 1000; // ended nodes that are remembered

    private final TreeMap<Long, Member> members = new TreeMap<>(); // by the node's id
    private final Ending ending;

    /** Is told that the life of a node has ended. */
    interface Ending {
        void ended(long incarnation, FoldBatch batch);
    }

    Membership(Ending ending) {
        this.ending = ending;
    }

    void restore(List<Member> state) {
        state.forEach(member -> members.put(member.author().node(), member));
    }

    /** Returns all nodes that are remembered, in the order of their ids. */
    List<Member> all() {
        return List.copyOf(members.values());
    }

    /** Returns the authors that are present. */
    List<Author> present() {
        return members.values().stream()
                .filter(Member::isPresent)
                .map(Member::author)
                .toList();
    }

    /** Returns what is known of a node; empty if it has never been there, or has been forgotten. */
    Optional<Member> find(long node) {
        return Optional.ofNullable(members.get(node));
    }

    boolean isPresent(Author author) {
        Member member = members.get(author.node());
        return member != null && member.isPresent() && member.author().equals(author);
    }

    /** Notes an entry of a node, and decides whether it counts. */
    Verdict hear(Entry entry, long now, FoldBatch batch) {
        return entry.proposals().get(0) instanceof Proposal.Starts starts
                ? begin(entry, starts, now, batch)
                : goOn(entry, now, batch);
    }

    /** Begins a life of a node, unless it has had this one or a later one. */
    private Verdict begin(Entry entry, Proposal.Starts starts, long now, FoldBatch batch) {
        Author author = entry.author();
        Member earlier = members.get(author.node());
        if (earlier != null && earlier.author().equals(author) && entry.next() <= earlier.next()) {
            return Verdict.DUPLICATE;
        }
        if (earlier != null && earlier.author().generation() >= author.generation()) {
            return Verdict.IGNORED;
        }
        if (earlier != null && earlier.isPresent()) {
            end(earlier, Change.What.REPLACED, now, batch);
        }
        members.put(author.node(), new Member(author, entry.next(), now, -1));
        batch.changes.add(new Change(author, Change.What.STARTED));
        return Verdict.APPLIED;
    }

    private Verdict goOn(Entry entry, long now, FoldBatch batch) {
        Member member = members.get(entry.author().node());
        if (member == null || !isPresent(entry.author())) {
            return Verdict.IGNORED;
        }
        if (entry.next() <= member.next()) {
            return Verdict.DUPLICATE;
        }
        if (entry.first() != member.next()) {
            end(member, Change.What.LOST, now, batch); // an entry is missing before this one
            return Verdict.IGNORED;
        }
        members.put(entry.author().node(), member.heard(entry.next(), now));
        return Verdict.APPLIED;
    }

    /** Ends the life of a node that stops. */
    void stop(Author author, long now, FoldBatch batch) {
        find(author.node()).ifPresent(member -> end(member, Change.What.STOPPED, now, batch));
    }

    /** Ends the lives of nodes that have been silent for too long, and forgets those that ended long ago. */
    void endSilent(Limits limits, long now, FoldBatch batch) {
        for (Member member : all()) {
            if (member.isPresent() && now - member.heardAt() > limits.timeout()) {
                end(member, Change.What.LOST, now, batch);
            }
        }
        members.values().removeIf(member -> !member.isPresent() && now - member.endedAt() > MEMORY);
        long tooMany = members.values().stream()
                        .filter(Predicate.not(Member::isPresent))
                        .count()
                - MOST_ENDED;
        if (tooMany > 0) {
            all().stream()
                    .filter(Predicate.not(Member::isPresent))
                    .sorted(Comparator.comparingLong(Member::endedAt))
                    .limit(tooMany)
                    .forEach(oldest -> members.remove(oldest.author().node()));
        }
    }

    private void end(Member member, Change.What what, long now, FoldBatch batch) {
        members.put(member.author().node(), member.ended(now));
        batch.changes.add(new Change(member.author(), what));
        ending.ended(member.author().incarnation(), batch);
    }
}
