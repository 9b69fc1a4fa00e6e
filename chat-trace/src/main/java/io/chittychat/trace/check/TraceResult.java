package io.chittychat.trace.check;

import java.util.Comparator;
import java.util.List;

/**
 * The result of reading logs side by side.
 *
 * @param records the number of records
 * @param events the events of the conversation
 * @param concurrent the concurrent messages
 * @param verdicts one for each checked requirement, in the order of {@link Requirement}
 * @param absent the participants that have events and no log
 * @param notes remarks for the user that are no violations
 */
public record TraceResult(
        long records,
        Events events,
        ConcurrentMessages.Found concurrent,
        List<RequirementVerdict> verdicts,
        List<String> absent,
        List<String> notes) {

    /**
     * Events of a conversation.
     *
     * @param first Lamport time of the first one; 0 if there is none
     * @param last Lamport time of the last one
     */
    public record Events(long first, long last, long joined, long published, long left) {
        static final Events NONE = new Events(0, 0, 0, 0, 0);

        Events with(long lamport, String type) {
            return new Events(
                    first == 0 ? lamport : first,
                    lamport,
                    joined + (type.equals("joined") ? 1 : 0),
                    published + (type.equals("published") ? 1 : 0),
                    left + (type.equals("left") ? 1 : 0));
        }

        /** The number of events. */
        public long count() {
            return joined + published + left;
        }
    }

    /** The number of violations. */
    public long violations() {
        return verdicts.stream().mapToLong(RequirementVerdict::count).sum();
    }

    /** The violations that were kept, in the order of files and lines. */
    public List<Violation> violationsInOrder() {
        return verdicts.stream()
                .map(RequirementVerdict::violations)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Violation::file).thenComparingInt(Violation::line))
                .toList();
    }
}
