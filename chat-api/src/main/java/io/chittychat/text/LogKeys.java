package io.chittychat.text;

import java.util.List;

/** The keys of log records: the only list of them, for the programs that write logs and for those that read them. */
public final class LogKeys {

    public static final String TIME = "time";
    public static final String PARTICIPANT = "participant";
    public static final String KIND = "kind";
    public static final String RPC = "rpc";
    public static final String EVENT = "event";
    public static final String LAMPORT = "lamport";
    public static final String CLOCK = "clock";
    public static final String FROM = "from";
    public static final String SENT = "sent";
    public static final String TEXT = "text";
    public static final String OUTCOME = "outcome";
    public static final String SEQUENCE = "sequence";
    public static final String LEVEL = "level";
    public static final String LAMPORT_IN = "lamport_in";
    public static final String LAMPORT_OUT = "lamport_out";
    public static final String REASON = "reason";
    public static final String AFTER = "after";
    public static final String EPOCH = "epoch";
    public static final String PHASE = "phase";
    public static final String CAUSE = "cause";

    /** All keys; the most frequent first. */
    static final List<String> ALL = List.of(
            TIME,
            PARTICIPANT,
            KIND,
            RPC,
            EVENT,
            LAMPORT,
            CLOCK,
            FROM,
            SENT,
            TEXT,
            OUTCOME,
            SEQUENCE,
            LEVEL,
            LAMPORT_IN,
            LAMPORT_OUT,
            REASON,
            AFTER,
            EPOCH,
            PHASE,
            CAUSE);

    private LogKeys() {}
}
