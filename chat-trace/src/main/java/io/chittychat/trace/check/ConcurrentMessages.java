package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages that are concurrent: neither author had received the other's message before sending. If the log of an author is
 * not given, its clock tells what it had not received: a clock is beyond everything that its process has received.
 *
 * <p>Not safe for use by several threads.
 */
public final class ConcurrentMessages implements TraceListener {

    /** A message is compared with so many before it. */
    private static final int MOST_COMPARED = 1_000;

    private static final int MOST_KEPT = 1_000;
    private static final int MOST_UNDER_WAY = 256;

    /**
     * What was found.
     *
     * @param count the number of concurrent pairs
     * @param first the first pairs
     * @param isLeast whether there may be more: some messages have too many others before them
     * @param messages the number of messages
     */
    public record Found(long count, List<Pair> first, boolean isLeast, long messages) {
        public Found {
            first = List.copyOf(first);
        }
    }

    /**
     * Two concurrent messages.
     *
     * @param one the Lamport time of the earlier one
     * @param other the Lamport time of the later one
     */
    public record Pair(long one, long other) {}

    private record Said(long lamport, String author) {}

    private static final class Knowledge {
        private long newest; // event that the participant has received
        private final Map<Long, Long> whenSending = Bounded.map(MOST_UNDER_WAY); // by the clock of the request
    }

    private final Map<String, Knowledge> known = new HashMap<>();
    private final List<Said> said = new ArrayList<>(); // the newest messages
    private final List<Pair> first = new ArrayList<>();
    private long count;
    private long messages;
    private boolean least;

    @Override
    public void read(String participant, LogRecord step) {
        if (step.kind() == RecordKind.SEND && OpenRequests.eventOf(step).equals("published")) {
            sent(participant, step.clock());
        }
    }

    @Override
    public void happened(ServiceStep serviceStep) {
        if (serviceStep.type().equals("published")) {
            published(serviceStep.lamport(), serviceStep.from(), serviceStep.sent());
        }
        serviceStep.copies().forEach(copy -> received(copy.participant(), serviceStep.lamport()));
    }

    /** A participant sent a message. */
    public void sent(String participant, long clock) {
        Knowledge own = of(participant);
        own.whenSending.put(clock, own.newest);
    }

    /** A participant received an event. */
    public void received(String participant, long lamport) {
        of(participant).newest = lamport;
    }

    private Knowledge of(String participant) {
        return known.computeIfAbsent(participant, same -> new Knowledge());
    }

    /** A message got its place. */
    public void published(long lamport, String author, long sent) {
        Knowledge own = known.get(author);
        @Nullable Long newest = own == null ? null : own.whenSending.get(sent);
        if (newest != null || sent > 0) {
            compare(lamport, author, newest == null ? Math.max(0, sent - 2) : newest);
        }
        messages++;
        said.add(new Said(lamport, author));
        if (said.size() > 2 * MOST_COMPARED) {
            said.subList(0, MOST_COMPARED).clear();
        }
    }

    /** @param newest the newest event that the author had received, or may have */
    private void compare(long lamport, String author, long newest) {
        int from = Math.max(0, said.size() - MOST_COMPARED);
        int begin = said.size();
        while (begin > from && said.get(begin - 1).lamport() > newest) {
            begin--;
        }
        least |= from > 0 && begin == from;
        for (Said other : said.subList(begin, said.size())) {
            if (!other.author().equals(author)) {
                count++;
                if (first.size() < MOST_KEPT) {
                    first.add(new Pair(other.lamport(), lamport));
                }
            }
        }
    }

    /** The concurrent messages so far. */
    public Found found() {
        return new Found(count, first, least, messages);
    }
}
