package io.chittychat.server.rpc;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.text.MessageText;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import java.util.Optional;

/**
 * What is wrong with a request whatever the room's state. Strings that were not UTF-8 on the wire arrive with lone
 * surrogates: see {@link LenientMarshaller}.
 *
 * <p>Threading: any thread.
 */
final class Validation {

    /** The longest request id, in bytes of UTF-8. */
    static final int MAX_REQUEST_ID = 128;

    private static final String LAMPORT_TIME = "lamport_time";
    private static final String REQUEST_ID = "request_id";

    private final LamportClock clock;

    Validation(LamportClock clock) {
        this.clock = clock;
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

    private static ErrorReason reason(MessageText.Problem problem) {
        return switch (problem) {
            case TOO_LONG -> ErrorReason.TEXT_TOO_LONG;
            case BLANK -> ErrorReason.TEXT_BLANK;
            case NOT_UTF8 -> ErrorReason.TEXT_NOT_UTF8;
        };
    }
}
