package io.chittychat.examiner.server;

/** What may be wrong with a chat, or unusual. */
public enum Fault {
    TICKS_PER_RECIPIENT,
    COUNTS_BYTES,
    COUNTS_UTF_16,
    NO_LIMIT,
    NEWCOMER_NOT_TOLD,
    CRASH_NOT_TOLD,
    LEAVE_TOLD_TWICE,
    AUTHOR_NOT_TOLD,
    DROPS_FOR_SLOW,
    CLOCK_GOES_BACK,
    IGNORES_RECEIVED_TIMES,
    SHORTENS,
    LOSES_AN_ANSWER
}
