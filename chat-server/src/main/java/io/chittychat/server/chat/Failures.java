package io.chittychat.server.chat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.access.Verdict;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.timeline.History;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Builds the errors of the contract: a status with ErrorInfo, and with the detail that the table asks for. */
public final class Failures {

    private static final Duration SOON = Duration.ofSeconds(1);

    private Failures() {}

    /** A field of the request is invalid; the caller must change it. */
    public static Status field(ErrorReason reason, String field, String description) {
        BadRequest.FieldViolation violation = BadRequest.FieldViolation.newBuilder()
                .setField(field)
                .setDescription(description)
                .setReason(reason.name())
                .build();
        return status(
                reason,
                description,
                Map.of(),
                BadRequest.newBuilder().addFieldViolations(violation).build());
    }

    /** The caller should wait a second, then retry. */
    public static Status retry(ErrorReason reason, String description) {
        return retry(reason, description, SOON);
    }

    /** The caller should wait for {@code delay}, then retry. */
    public static Status retry(ErrorReason reason, String description, Duration delay) {
        RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(wire(delay)).build();
        return status(reason, description, Map.of(), retry);
    }

    /** An error without a detail beside its reason. */
    public static Status plain(ErrorReason reason, String description) {
        return status(reason, description, Map.of());
    }

    /** The caller's credentials are missing, wrong or expired. */
    static Status credentialsInvalid(Verdict.Refused refused) {
        String required = refused.required().name().toLowerCase(Locale.ROOT);
        return status(ErrorReason.CREDENTIALS_INVALID, refused.why(), Map.of("required", required));
    }

    public static Status sessionUnknown() {
        return plain(ErrorReason.SESSION_UNKNOWN, "no session has that token; join (again)");
    }

    public static Status shuttingDown() {
        return retry(ErrorReason.SHUTTING_DOWN, "the service is about to stop; reconnect and resume");
    }

    /** This node cannot find out whether it has everything that other nodes have accepted. */
    public static Status behind() {
        return retry(
                ErrorReason.LOG_UNAVAILABLE,
                "this node of the service cannot reach the log of all nodes for now; reconnect, to another node if there is one");
    }

    public static Status nodeLost() {
        return retry(
                ErrorReason.NODE_LOST,
                "this node of the service was cut off from the others; reconnect, to another node if there is one, and resume");
    }

    public static Status unreadable() {
        return retry(ErrorReason.LOG_UNAVAILABLE, "the service cannot read old events for now; retry, or resume");
    }

    /** An error of the service itself, without a reason: the caller can do nothing about it. */
    public static Status internal() {
        return Status.newBuilder()
                .setCode(Code.INTERNAL_VALUE)
                .setMessage("the service failed while it handled the call; its log has the cause")
                .build();
    }

    public static Status damaged() {
        return plain(
                ErrorReason.LOG_DAMAGED,
                "an old event is not what was recorded, and is not shown; the service's operator has to restore it");
    }

    public static Status epochChanged(String epoch) {
        return status(
                ErrorReason.EPOCH_CHANGED,
                "the cursor is from another log; join again, with a new clock",
                Map.of("epoch", epoch));
    }

    public static Status resumePointGone(History.Range kept) {
        return status(
                ErrorReason.RESUME_POINT_GONE,
                "the log holds events from " + kept.oldest() + " on; its newest cursor is " + kept.newest(),
                Map.of("oldest", Long.toString(kept.oldest()), "newest", Long.toString(kept.newest())));
    }

    /**
     * The publish before this one has not been seen.
     *
     * @param newest the highest sequence of the session that was seen; 0 if there is none
     */
    public static Status sequenceGap(long newest) {
        String known = Long.toUnsignedString(newest);
        return status(
                ErrorReason.SEQUENCE_GAP,
                "the publish before this one has not been seen; publish again, in order, after sequence " + known,
                Map.of("newest", known));
    }

    /** The error for a command that the room, or the log, refused. */
    public static Status of(Refusal refusal) {
        return switch (refusal) {
            case NAME_TAKEN -> plain(ErrorReason.NAME_TAKEN, "a present participant has that name; choose another");
            case SESSION_UNKNOWN -> sessionUnknown();
            case SEQUENCE_FORGOTTEN ->
                plain(
                        ErrorReason.SEQUENCE_FORGOTTEN,
                        "the service no longer remembers whether it has this sequence; look for the message in the history");
            case SEQUENCE_GAP -> sequenceGap(0);
            case ROOM_FULL -> retry(ErrorReason.ROOM_FULL, "the room is full; wait until a participant leaves");
            case TIME_OVER ->
                retry(
                        ErrorReason.STORE_FULL,
                        "the log has reached the end of Lamport time; its operator must start a new log");
            case STORE_FULL ->
                retry(ErrorReason.STORE_FULL, "the disk has no space to record messages; wait, then retry");
            case SHUTTING_DOWN -> shuttingDown();
            case LOG_UNAVAILABLE, SESSION_ALIVE ->
                retry(ErrorReason.LOG_UNAVAILABLE, "the service cannot record events for now; reconnect and resume");
        };
    }

    /** Converts a duration to the contract's type. */
    public static com.google.protobuf.Duration wire(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /** The name of the reason in a status of the contract; empty if it has none. */
    public static String reason(Status status) {
        return ErrorReason.info(status).map(ErrorInfo::getReason).orElse("");
    }

    private static Status status(
            ErrorReason reason, String description, Map<String, String> metadata, Message... details) {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setDomain(ErrorReason.DOMAIN)
                .setReason(reason.name())
                .putAllMetadata(metadata)
                .build();
        Status.Builder status = Status.newBuilder()
                .setCode(reason.number())
                .setMessage(description)
                .addDetails(Any.pack(info));
        for (Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return status.build();
    }
}
