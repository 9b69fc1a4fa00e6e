package io.chittychat.trace.check;

import java.util.List;

/**
 * What came of reading logs side by side.
 *
 * @param records how many records were read
 * @param events which events there are
 * @param verdicts one for each requirement that could be checked, in the order of {@link Requirement}
 * @param absent of whom there are events and no logs
 * @param notes what people should know, and what violates nothing
 */
public record TraceResult(
        long records, Events events, List<Verdict> verdicts, List<String> absent, List<String> notes) {

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

        /** How many there are. */
        public long count() {
            return joined + published + left;
        }
    }

    /** How many violations there are. */
    public long violations() {
        return verdicts.stream().mapToLong(Verdict::count).sum();
    }
}
