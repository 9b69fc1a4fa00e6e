package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the proposals of this node to the shared log, and answers their callers once this node has applied them. What was
 * gathered while an entry was under way becomes the next entry.
 *
 * <p>If it is unknown what became of an entry, everything behind it is given up with it: callers are told that the log is
 * unavailable, and the node begins its next life. Nothing that was given up counts if it arrives after that.
 *
 * <p>Threading: any thread may submit and give up; one thread proposes; the room thread calls {@link #applied}.
 */
final class Proposer {

    private static final Logger LOG = LoggerFactory.getLogger(Proposer.class);
    private static final int MOST = 4096; // proposals of an entry
    private static final int MOST_BYTES = 512 * 1024; // about; below the limit of a record
    private static final long PAUSE = Duration.ofMillis(200).toNanos(); // before the next life

    private final SharedLog log;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final LongSupplier random;
    private final int mostUnderWay;
    private final MpscUnboundedAtomicArrayQueue<Pending<?>> queue = new MpscUnboundedAtomicArrayQueue<>(1024);

    private final ArrayDeque<Pending<?>> sent = new ArrayDeque<>(); // guarded by this; not applied yet
    private final ArrayDeque<Long> sentAt = new ArrayDeque<>(); // guarded by this; of each entry, in nanoseconds
    private Author author; // guarded by this
    private boolean startSent; // guarded by this
    private long next; // guarded by this; the number of the next proposal
    private int underWay; // guarded by this; entries
    private long notBefore; // guarded by this; when the next life may begin, in nanoseconds
    private long heardAt; // guarded by this; when this node read its newest entry, in nanoseconds
    private long givenUp; // guarded by this; how often
    private final NodeNews news; // guarded by this
    private volatile boolean joined; // whether the log has this node's present life
    private boolean begun; // guarded by this
    private volatile boolean closed;

    /**
     * @param node the id of this node
     * @param limits what this node is set to
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param random draws incarnations
     * @param mostUnderWay the most entries that are under way at a time
     */
    Proposer(SharedLog log, long node, Limits limits, LongSupplier nanoTime, LongSupplier random, int mostUnderWay) {
        this.log = log;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.random = random;
        this.mostUnderWay = mostUnderWay;
        this.news = new NodeNews(limits);
        this.author = new Author(node, 0, 0);
    }

    /**
     * Begins the first life.
     *
     * @param known the newest generation of this node in the log; 0 if there is none
     * @param otherLimits whether the log has other limits than this node is set to
     */
    synchronized void begin(long known, boolean otherLimits) {
        author = new Author(author.node(), known + 1, random.getAsLong());
        heardAt = nanoTime.getAsLong();
        notBefore = heardAt;
        news.begin(heardAt, otherLimits);
        begun = true;
    }

    synchronized Author author() {
        return author;
    }

    /** Whether this node is present in the log, and takes commands. */
    boolean isJoined() {
        return joined;
    }

    int waiting() {
        return queue.size();
    }

    synchronized long givenUp() {
        return givenUp;
    }

    /** Takes a proposal; refuses it if this node is not present in the log. Any thread. */
    void submit(Pending<?> pending) {
        if (!joined) {
            pending.refuse(refusal());
            return;
        }
        queue.offer(pending);
        if (!joined) {
            refuseLeftovers();
        }
    }

    private Refusal refusal() {
        return closed ? Refusal.SHUTTING_DOWN : Refusal.LOG_UNAVAILABLE;
    }

    private void refuseLeftovers() {
        List<Pending<?>> late = new ArrayList<>();
        synchronized (this) {
            if (!joined) {
                drainTo(late);
            }
        }
        late.forEach(pending -> pending.refuse(refusal()));
    }

    private void drainTo(List<Pending<?>> list) {
        for (Pending<?> pending = queue.poll(); pending != null; pending = queue.poll()) {
            list.add(pending);
        }
    }

    /** Whether there is something to send now. */
    boolean hasWork() {
        return !queue.isEmpty() || nanosUntilWork() <= 0;
    }

    /** Returns how long it takes until there is something to send even if nobody submits anything, in nanoseconds. */
    synchronized long nanosUntilWork() {
        long now = nanoTime.getAsLong();
        if (!begun || closed || underWay >= mostUnderWay) {
            return limits.heartbeat().toNanos();
        }
        if (!startSent) {
            return notBefore - now;
        }
        if (!joined) {
            return limits.heartbeat().toNanos();
        }
        return news.nanosUntilNext(now);
    }

    /** Sends an entry, if there is something to send. Returns whether there was. */
    boolean propose() {
        Author by;
        Entry entry;
        synchronized (this) {
            List<Pending<?>> gathered = !begun || closed || underWay >= mostUnderWay ? List.of() : gather();
            if (gathered.isEmpty()) {
                return false;
            }
            by = author;
            entry = new Entry(
                    author,
                    next,
                    gathered.stream().<Proposal>map(Pending::proposal).toList());
            next = entry.next();
            sent.addAll(gathered);
            sentAt.add(nanoTime.getAsLong());
            underWay++;
        }
        try {
            log.send(EntryCodec.encode(entry), new Delivery(by));
        } catch (RuntimeException e) {
            giveUp(by, "an entry could not be sent: " + e);
        }
        return true;
    }

    private final class Delivery implements SharedLog.Delivery {
        private final Author by;

        Delivery(Author by) {
            this.by = by;
        }

        @Override
        public void delivered() {
            landed(by);
        }

        @Override
        public void lost(Exception cause) {
            giveUp(by, "it is unknown whether an entry is in the log: " + cause);
        }
    }

    private synchronized void landed(Author by) {
        if (by.equals(author)) {
            underWay--;
        }
    }

    private List<Pending<?>> gather() {
        long now = nanoTime.getAsLong();
        if (!startSent) {
            if (now - notBefore < 0) {
                return List.of();
            }
            startSent = true;
            return List.of(Pending.of(new Proposal.Starts(limits)));
        }
        if (!joined) {
            return List.of();
        }
        List<Pending<?>> gathered = new ArrayList<>();
        int bytes = 0;
        while (gathered.size() < MOST && bytes < MOST_BYTES) {
            Pending<?> pending = queue.poll();
            if (pending == null) {
                break;
            }
            gathered.add(pending);
            bytes += pending.size();
        }
        news.addTo(gathered, now, queue.isEmpty());
        return gathered;
    }

    /** Notes the newest event of this node, for its heartbeats. */
    synchronized void recorded(ReplicaJournal.Newest newestEvent) {
        news.recorded(newestEvent);
    }

    /**
     * An entry was applied. If it is of this node, the caller answers its proposals once the batch is recorded and shown.
     *
     * @param outcomes one for each proposal
     * @param answers gets one task for each proposal, which answers it
     * @return the time since this node sent it, in nanoseconds; empty if nobody waits for it
     */
    synchronized OptionalLong applied(Entry entry, List<Outcome<?>> outcomes, List<Runnable> answers) {
        if (!entry.author().equals(author)) {
            return OptionalLong.empty(); // another node's, or given up, so that nobody waits for it
        }
        heardAt = nanoTime.getAsLong();
        for (Outcome<?> outcome : outcomes) {
            Pending<?> pending = sent.remove();
            answers.add(() -> pending.answer(outcome));
        }
        if (entry.proposals().get(0) instanceof Proposal.Starts) {
            joined = true;
        } else if (news.hasSaidFarewell() && sent.isEmpty()) {
            joined = false;
            closed = true;
        }
        return OptionalLong.of(heardAt - sentAt.remove());
    }

    /** Returns how long ago this node has read its newest entry, in nanoseconds. */
    synchronized long silence() {
        return nanoTime.getAsLong() - heardAt;
    }

    /** Gives everything up that is under way, and begins the next life. Any thread. */
    void giveUp(Author by, String why) {
        giveUp(by, new Author(by.node(), by.generation() + 1, random.getAsLong()), why);
    }

    /** The same, because another process uses the id of this node, which goes on as another node. */
    void giveUpNode(Author by, String why) {
        giveUp(by, new Author(random.getAsLong(), 1, random.getAsLong()), why);
    }

    private void giveUp(Author by, Author nextLife, String why) {
        List<Pending<?>> refused;
        synchronized (this) {
            if (closed || !by.equals(author)) {
                return; // given up already
            }
            LOG.warn("Node {} gives up what it has under way ({} commands): {}", author.name(), sent.size(), why);
            author = nextLife;
            refused = forget();
            notBefore = nanoTime.getAsLong() + PAUSE;
            heardAt = nanoTime.getAsLong();
            givenUp++;
        }
        log.giveUp();
        refused.forEach(pending -> pending.refuse(Refusal.LOG_UNAVAILABLE));
    }

    private List<Pending<?>> forget() {
        List<Pending<?>> refused = new ArrayList<>(sent);
        joined = false;
        drainTo(refused);
        sent.clear();
        sentAt.clear();
        startSent = false;
        next = 0;
        underWay = 0;
        return refused;
    }

    /** Tells the log that this node stops, after everything that was submitted. */
    synchronized void stop() {
        news.stop();
    }

    /** Whether nothing more is sent: it has stopped, or was closed. */
    boolean isClosed() {
        return closed;
    }

    /** Refuses everything that is not answered yet. */
    void close(Refusal why) {
        List<Pending<?>> refused;
        synchronized (this) {
            closed = true;
            refused = forget();
        }
        refused.forEach(pending -> pending.refuse(why));
    }
}
