package io.chittychat.server.observe;

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
            LogLine caller = line("rpc", rpc).with("participant", participant);
            LogLine request = lamportIn >= 0
                    ? caller.with("lamport_in", lamportIn)
                    : caller.with("lamport_in", Long.toUnsignedString(lamportIn)); // an invalid time of a client
            write(request.with("lamport_out", lamportOut), outcome, reason);
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
            write(line("rpc", rpc).with("phase", "end").with("participant", participant), outcome, reason);
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
        line("event", "started")
                .with("epoch", epoch)
                .with("lamport_out", lamportTime)
                .write(LOG);
    }

    /**
     * A session expired, and the left event of its participant was recorded.
     *
     * @param lamportTime the Lamport time of the left event
     */
    public void expired(String participant, long lamportTime) {
        meters.expired();
        line("event", "left")
                .with("participant", participant)
                .with("lamport_out", lamportTime)
                .with("cause", "expired")
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
        LogLine ended = line.with("outcome", outcome);
        (reason.isEmpty() ? ended : ended.with("reason", reason)).write(LOG);
    }
}
