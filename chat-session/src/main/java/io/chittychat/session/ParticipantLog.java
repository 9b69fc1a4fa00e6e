package io.chittychat.session;

import static io.chittychat.text.LogKeys.CLOCK;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.KIND;
import static io.chittychat.text.LogKeys.LAMPORT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.text.LogKeys.RPC;
import static io.chittychat.text.LogKeys.SENT;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.text.LogKeys.TIME;

import io.chittychat.text.Logfmt;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The log of the messages that one participant sent and received, one logfmt record a line: the input of the trace tools.
 * Keys and their order are a contract. {@code clock} is the participant's own Lamport time after the step.
 *
 * <p>Used by the session thread only. After a failed write, the log reports the failure once and writes no more.
 */
public final class ParticipantLog implements AutoCloseable {

    /** Opens the log of a participant when it joins. */
    public interface Factory {

        /**
         * Opens a log.
         *
         * @param onFailure receives the first failure to write the log
         * @throws IOException if the log cannot be opened
         */
        ParticipantLog open(String participant, Consumer<IOException> onFailure) throws IOException;
    }

    /** Writes lines. */
    interface Lines extends AutoCloseable {
        void write(String line) throws IOException;

        @Override
        void close() throws IOException;
    }

    private static final DateTimeFormatter UTC_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String participant;
    private final InstantSource wallClock;
    private final Lines lines;
    private final Consumer<IOException> onFailure;
    private boolean broken;

    ParticipantLog(String participant, InstantSource wallClock, Lines lines, Consumer<IOException> onFailure) {
        this.participant = participant;
        this.wallClock = wallClock;
        this.lines = lines;
        this.onFailure = onFailure;
    }

    /** Logs to {@code participant-NAME.log} in a directory, which is created if it is missing. */
    public static Factory inDirectory(Path directory) {
        return inDirectory(directory, InstantSource.system(), Rotation.DEFAULT);
    }

    /** Logs to {@code participant-NAME.log} in a directory, which is created if it is missing. */
    public static Factory inDirectory(Path directory, InstantSource wallClock, Rotation rotation) {
        return (participant, onFailure) -> new ParticipantLog(
                participant,
                wallClock,
                RotatingFile.append(directory.resolve(RotatingFile.name(participant)), rotation),
                onFailure);
    }

    /** Logs nothing. */
    public static Factory none() {
        Lines nowhere = new Lines() {
            @Override
            public void write(String line) {}

            @Override
            public void close() {}
        };
        return (participant, onFailure) -> new ParticipantLog(participant, InstantSource.system(), nowhere, onFailure);
    }

    void sent(String rpc, long clock, UnaryOperator<Logfmt> more) {
        write(more.apply(record("send", rpc).with(CLOCK, clock)));
    }

    void answered(String rpc, long lamportTime, long clock, UnaryOperator<Logfmt> more) {
        Logfmt line = record("reply", rpc).with(OUTCOME, "OK").with(LAMPORT, lamportTime);
        write(more.apply(line.with(CLOCK, clock)));
    }

    void refused(String rpc, Failure failure, long clock, UnaryOperator<Logfmt> more) {
        write(more.apply(failed(record("reply", rpc), failure).with(CLOCK, clock)));
    }

    void received(Event event, long clock) {
        write(record("receive", "Broadcast")
                .with(EVENT, kind(event.getType()))
                .with(LAMPORT, event.getLamportTime())
                .with(CLOCK, clock)
                .with(FROM, event.getParticipant())
                .with(SENT, event.getParticipantLamportTime())
                .with(TEXT, event.getText()));
    }

    void caughtUp(long lamportTime, long clock) {
        write(record("receive", "Broadcast")
                .with(EVENT, "caught_up")
                .with(LAMPORT, lamportTime)
                .with(CLOCK, clock));
    }

    void streamFailed(Failure failure, long clock) {
        write(failed(record("end", "Broadcast"), failure).with(CLOCK, clock));
    }

    void streamCompleted(long clock) {
        write(record("end", "Broadcast").with(OUTCOME, "OK").with(CLOCK, clock));
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            fail(e);
        }
        broken = true;
    }

    private Logfmt record(String kind, String rpc) {
        return new Logfmt()
                .with(TIME, UTC_MILLIS.format(wallClock.instant()))
                .with(PARTICIPANT, participant)
                .with(KIND, kind)
                .with(RPC, rpc);
    }

    private static Logfmt failed(Logfmt line, Failure failure) {
        line.with(OUTCOME, failure.outcome());
        return failure.reason() == null
                ? line
                : line.with(REASON, failure.reason().name());
    }

    private static String kind(EventType type) {
        return switch (type) {
            case EVENT_TYPE_JOINED -> "joined";
            case EVENT_TYPE_PUBLISHED -> "published";
            case EVENT_TYPE_LEFT -> "left";
            case EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> "unspecified";
        };
    }

    private void write(Logfmt line) {
        if (broken) {
            return;
        }
        try {
            lines.write(line.toString());
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        if (!broken) {
            broken = true;
            onFailure.accept(e);
        }
    }
}
