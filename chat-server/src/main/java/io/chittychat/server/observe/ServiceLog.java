package io.chittychat.server.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of calls, counted and logged: one line for every service call, in logfmt: {@code rpc=Publish
 * participant=alice lamport_in=8 lamport_out=9 outcome=OK}, and one for what happened without a call. What was said does not
 * stand in it.
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
     * @param meters count what is told
     * @param fields whether the logger is given fields, of which it makes lines of its own format, instead of lines of logfmt
     */
    public ServiceLog(CallMeters meters, boolean fields) {
        this.meters = meters;
        this.fields = fields;
    }

    /**
     * A call was answered; of a stream, it was opened.
     *
     * @param rpc the method's name
     * @param participant who called; empty if that is not known
     * @param lamportIn the request's Lamport time, unsigned; 0 for none
     * @param lamportOut the reply's Lamport time; 0 for none
     * @param outcome the gRPC status's name
     * @param reason why it was refused, or empty
     */
    public void call(String rpc, String participant, long lamportIn, long lamportOut, String outcome, String reason) {
        count(reason);
        if (LOG.isInfoEnabled()) {
            LogLine caller = line("rpc", rpc).with("participant", participant);
            LogLine request = lamportIn >= 0
                    ? caller.with("lamport_in", lamportIn)
                    : caller.with("lamport_in", Long.toUnsignedString(lamportIn)); // garbage, or far ahead
            write(request.with("lamport_out", lamportOut), outcome, reason);
        }
    }

    /**
     * A stream that was opened before has ended.
     *
     * @param rpc the method's name
     * @param participant whose stream it was; empty if that is not known
     * @param outcome the gRPC status's name
     * @param reason why the service ended it, or empty
     */
    public void streamEnd(String rpc, String participant, String outcome, String reason) {
        count(reason);
        if (LOG.isInfoEnabled()) {
            write(line("rpc", rpc).with("phase", "end").with("participant", participant), outcome, reason);
        }
    }

    /**
     * A message is being acknowledged. It is logged as the call that it came by.
     *
     * @param receivedAt when it was received, in nanoseconds of {@link System#nanoTime}
     */
    public void acknowledged(long receivedAt) {
        meters.published(System.nanoTime() - receivedAt);
    }

    /** A Broadcast goes on from where an earlier one had come to. */
    public void resumed() {
        meters.resumed();
    }

    /**
     * The service has the log as it was recorded, and is about to take calls.
     *
     * @param epoch identity of the log's life
     * @param lamportTime that the clock has reached
     */
    public void started(String epoch, long lamportTime) {
        line("event", "started")
                .with("epoch", epoch)
                .with("lamport_out", lamportTime)
                .write(LOG);
    }

    /**
     * A session gave no sign of life for too long, and it is recorded that its participant left.
     *
     * @param lamportTime of the left event
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
