package io.chittychat.server.observe;

import static io.chittychat.text.LogKeys.CAUSE;
import static io.chittychat.text.LogKeys.EPOCH;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.LAMPORT_IN;
import static io.chittychat.text.LogKeys.LAMPORT_OUT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.PHASE;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.text.LogKeys.RPC;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs the outcome of calls. It writes one line in logfmt for every call, such as {@code rpc=Publish
 * participant=alice lamport_in=8 lamport_out=9
 * outcome=OK}, and one for each event without a call, such as an expiry. The text of messages is never logged.
 *
 * <p>Threading: any thread.
 */
public final class ServiceLog {

    /** The logger's name. */
    public static final String NAME = "chitty.calls";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    private final CallMeters meters;
    private final boolean fields;

    /**
     * @param meters count the same outcomes
     * @param fields whether the logger gets fields, for a structured format; otherwise it gets lines in logfmt
     */
    public ServiceLog(CallMeters meters, boolean fields) {
        this.meters = meters;
        this.fields = fields;
    }

    /**
     * A call was answered, or a stream was opened.
     *
     * @param rpc the method's name
     * @param participant the caller's name; empty if it is not known
     * @param lamportIn the request's Lamport time, unsigned; 0 for none
     * @param lamportOut the reply's Lamport time; 0 for none
     * @param outcome the name of the gRPC status
     * @param reason the reason for a refusal; empty if it has none
     */
    public void call(String rpc, String participant, long lamportIn, long lamportOut, String outcome, String reason) {
        count(reason);
        if (LOG.isInfoEnabled()) {
            LogLine caller = line(RPC, rpc).with(PARTICIPANT, participant);
            LogLine request = lamportIn >= 0
                    ? caller.with(LAMPORT_IN, lamportIn)
                    : caller.with(LAMPORT_IN, Long.toUnsignedString(lamportIn)); // an invalid time of a client
            write(request.with(LAMPORT_OUT, lamportOut), outcome, reason);
        }
    }

    /**
     * A stream has ended.
     *
     * @param rpc the method's name
     * @param participant the name of the stream's participant; empty if it is not known
     * @param outcome the name of the gRPC status
     * @param reason the reason why the service ended it; empty if it has none
     */
    public void streamEnd(String rpc, String participant, String outcome, String reason) {
        count(reason);
        if (LOG.isInfoEnabled()) {
            write(line(RPC, rpc).with(PHASE, "end").with(PARTICIPANT, participant), outcome, reason);
        }
    }

    /**
     * Counts a message that is being acknowledged; {@link #call} logs it.
     *
     * @param receivedAt the time of its receipt, by {@link System#nanoTime}
     */
    public void acknowledged(long receivedAt) {
        meters.published(System.nanoTime() - receivedAt);
    }

    /** Counts a Broadcast that resumes where an earlier one ended. */
    public void resumed() {
        meters.resumed();
    }

    /**
     * The service has restored the recorded log, and is about to take calls.
     *
     * @param epoch the log's identity
     * @param lamportTime the restored clock's time
     */
    public void started(String epoch, long lamportTime) {
        line(EVENT, "started").with(EPOCH, epoch).with(LAMPORT_OUT, lamportTime).write(LOG);
    }

    /**
     * A session expired, and the left event of its participant was recorded.
     *
     * @param lamportTime the Lamport time of the left event
     */
    public void expired(String participant, long lamportTime) {
        meters.expired();
        line(EVENT, "left")
                .with(PARTICIPANT, participant)
                .with(LAMPORT_OUT, lamportTime)
                .with(CAUSE, "expired")
                .write(LOG);
    }

    private void count(String reason) {
        if (!reason.isEmpty()) {
            meters.refused(reason);
        }
    }

    private LogLine line(String key, String about) {
        LogLine line = fields ? new LogLine.Fields(LOG, about) : new LogLine.Text();
        return line.with(key, about);
    }

    private static void write(LogLine line, String outcome, String reason) {
        LogLine ended = line.with(OUTCOME, outcome);
        (reason.isEmpty() ? ended : ended.with(REASON, reason)).write(LOG);
    }
}
