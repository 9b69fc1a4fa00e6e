package io.chittychat.examiner.mapping;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a message of Broadcast may tell. */
public enum Kind {
    JOINED,
    PUBLISHED,
    LEFT;

    /** The sentence that the assignment asks for; {@code joined} or {@code left} stands for a verb. */
    private static final String SENTENCE =
            "(?i)participant\\s+(?<name>.+?)\\s+%s\\s+chitty[- ]?chat\\s+at\\s+lamport\\s+time\\s*:?\\s*(?<time>\\d+)";

    /** The word in a mapping. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Pattern sentence() {
        return Pattern.compile(SENTENCE.formatted(word()));
    }
}
