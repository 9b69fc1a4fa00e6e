package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.rate.Budget;
import io.chittychat.text.MessageText;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is wrong with a request whatever the room's state, and how far requests may move the clock. Strings that were not UTF-8 on
 * the wire arrive with lone surrogates.
 *
 * <p>Threading: any thread.
 */
public final class Validation {

    /** The longest request id, in bytes of UTF-8. */
    static final int MAX_REQUEST_ID = 128;

    /** How far ahead of the service's clock a request's time may be as often as one likes. */
    public static final long NEAR = 1 << 10;

    /** By how much all requests that are further ahead may move the clock at once, and in a second in the long run. */
    private static final long FAR_AT_ONCE = 1L << 30;

    private static final long FAR_PER_SECOND = LamportClock.MAX_AHEAD;

    private static final String LAMPORT_TIME = "lamport_time";
    private static final String REQUEST_ID = "request_id";

    private final LamportClock clock;
    private final Budget leaps;

    /** @param clock the service's */
    public Validation(LamportClock clock) {
        this(clock, new Budget(FAR_AT_ONCE, FAR_PER_SECOND));
    }

    /** @param leaps by how much requests that are far ahead may move the clock */
    Validation(LamportClock clock, Budget leaps) {
        this.clock = clock;
        this.leaps = leaps;
    }

    Optional<Status> join(JoinRequest request) {
        Optional<String> problem = ParticipantName.problem(request.getParticipantName());
        if (problem.isPresent()) {
            return Optional.of(
                    Failures.field(ErrorReason.NAME_INVALID, "participant_name", "the name " + problem.get()));
        }
        return requestId(request).or(() -> lamportTime(request.getLamportTime()));
    }

    private static Optional<Status> requestId(JoinRequest request) {
        String id = request.getRequestId();
        if (id.length() > MAX_REQUEST_ID) { // UTF-16 units, of which none is less than a byte
            return Optional.of(requestIdTooLong());
        }
        if (!MessageText.isWellFormed(id)) {
            return Optional.of(
                    Failures.field(ErrorReason.TEXT_NOT_UTF8, REQUEST_ID, "the request id is not well-formed UTF-8"));
        }
        return request.getRequestIdBytes().size() > MAX_REQUEST_ID ? Optional.of(requestIdTooLong()) : Optional.empty();
    }

    private static Status requestIdTooLong() {
        return Failures.field(
                ErrorReason.TEXT_TOO_LONG, REQUEST_ID, "the request id has more than " + MAX_REQUEST_ID + " bytes");
    }

    Optional<Status> publish(PublishRequest request) {
        Optional<MessageText.Problem> problem = MessageText.problem(request.getText());
        if (problem.isPresent()) {
            return Optional.of(Failures.field(
                    reason(problem.get()), "text", "the text " + problem.get().description()));
        }
        return lamportTime(request.getLamportTime());
    }

    /** A query is a text like one that is published. */
    Optional<Status> query(String query) {
        return MessageText.problem(query)
                .map(problem -> Failures.field(reason(problem), "query", "the query " + problem.description()));
    }

    /** A request's Lamport time must not run away with the service's clock. */
    Optional<Status> lamportTime(long time) {
        return clock.isTooFarAhead(time)
                ? Optional.of(Failures.field(
                        ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD,
                        LAMPORT_TIME,
                        "the time is more than " + LamportClock.MAX_AHEAD + " ahead of the service's"))
                : Optional.empty();
    }

    /** Whether a time that is not wrong would move the clock far. */
    boolean isLeap(long time) {
        return time - clock.read() > NEAR;
    }

    /**
     * Why a time may not move the clock as far now. To be asked last, of requests that would be accepted: what they take
     * others do not get.
     */
    Optional<Status> leap(long time) {
        long wait = isLeap(time) ? leaps.take(Math.min(time - clock.read(), LamportClock.MAX_AHEAD)) : 0;
        return wait <= 0
                ? Optional.empty()
                : Optional.of(Failures.retry(
                        ErrorReason.RATE_LIMITED,
                        "too many requests whose Lamport time is far ahead of the service's; wait, then retry",
                        Duration.ofNanos(wait)));
    }

    /** The same of a session's request; one that is not here moves nothing. */
    Optional<Status> leap(long time, BooleanSupplier isHere) {
        return isLeap(time) && isHere.getAsBoolean() ? leap(time) : Optional.empty();
    }

    private static ErrorReason reason(MessageText.Problem problem) {
        return switch (problem) {
            case TOO_LONG -> ErrorReason.TEXT_TOO_LONG;
            case BLANK -> ErrorReason.TEXT_BLANK;
            case NOT_UTF8 -> ErrorReason.TEXT_NOT_UTF8;
        };
    }
}
