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
 * Checks of a request that do not depend on the room's state, and the limit on how far requests may move the clock. A
 * string that was not UTF-8 on the wire contains lone surrogates here.
 *
 * <p>Threading: any thread.
 */
public final class Validation {

    /** The longest request id, in bytes of UTF-8. */
    static final int MAX_REQUEST_ID = 128;

    /** A request's time may be this far ahead of the service's clock without any limit of rate. */
    public static final long NEAR = 1 << 10;

    /** How far all requests whose time is further ahead may move the clock together, in a burst. */
    private static final long FAR_AT_ONCE = 1L << 30;

    /** The same, per second in the long run. */
    private static final long FAR_PER_SECOND = LamportClock.MAX_AHEAD;

    private static final String LAMPORT_TIME = "lamport_time";
    private static final String REQUEST_ID = "request_id";

    private final LamportClock clock;
    private final Budget leaps;

    /** @param clock the service's clock */
    public Validation(LamportClock clock) {
        this(clock, new Budget(FAR_AT_ONCE, FAR_PER_SECOND));
    }

    /** @param leaps how far requests with a time far ahead may move the clock */
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
        if (id.length() > MAX_REQUEST_ID) { // every UTF-16 unit takes at least a byte
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

    /** A query obeys the rules for the text of a message. */
    Optional<Status> query(String query) {
        return MessageText.problem(query)
                .map(problem -> Failures.field(reason(problem), "query", "the query " + problem.description()));
    }

    /**
     * Why a request's Lamport time is invalid; empty if it is valid. It may be only so far ahead of the service's
     * clock.
     */
    Optional<Status> lamportTime(long time) {
        return isTooFarAhead(time)
                ? Optional.of(Failures.field(
                        ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD,
                        LAMPORT_TIME,
                        "the time is more than " + LamportClock.MAX_AHEAD + " ahead of the service's clock"))
                : Optional.empty();
    }

    /** Whether a time is invalid, because it is too far ahead of the service's clock. */
    boolean isTooFarAhead(long time) {
        return clock.isTooFarAhead(time);
    }

    /** Whether a valid time would move the clock far. */
    boolean isLeap(long time) {
        return time - clock.read() > NEAR;
    }

    /**
     * Takes the distance that a time would move the clock out of the budget. Call it last, for a request that passed
     * all other checks.
     *
     * @return the error if the budget is used up; empty if the time may move the clock
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

    /** The same for a request of a session; a request of an absent session is refused and moves nothing. */
    Optional<Status> leap(long time, BooleanSupplier isPresent) {
        return isLeap(time) && isPresent.getAsBoolean() ? leap(time) : Optional.empty();
    }

    private static ErrorReason reason(MessageText.Problem problem) {
        return switch (problem) {
            case TOO_LONG -> ErrorReason.TEXT_TOO_LONG;
            case BLANK -> ErrorReason.TEXT_BLANK;
            case NOT_UTF8 -> ErrorReason.TEXT_NOT_UTF8;
        };
    }
}
