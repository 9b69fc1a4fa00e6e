package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.access.Admission;
import io.chittychat.server.access.Credentials;
import io.chittychat.server.access.Verdict;
import io.chittychat.server.rate.RateLimiter;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.v1.JoinRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * The first check of a call: whether the visitor may join, and whether the caller keeps to its rates.
 *
 * <p>Threading: any thread.
 */
public final class Gate {

    private final Admission admission;
    private final ParticipantRegistry participants;
    private final Rates rates;

    /**
     * A caller that asks to join.
     *
     * @param origin the caller's address, or the block of addresses that limits count together
     * @param credentials the credentials that it showed
     */
    public record Visitor(String origin, Credentials credentials) {}

    /** The rates: joins of an origin, and messages and reads of a session. */
    public record Rates(RateLimiter<String> joins, RateLimiter<SessionId> publishes, RateLimiter<SessionId> reads) {}

    /** @param participants the sessions that rates apply to; calls of other sessions are refused elsewhere anyway */
    public Gate(Admission admission, ParticipantRegistry participants, Rates rates) {
        this.admission = admission;
        this.participants = participants;
        this.rates = rates;
    }

    /** Whether {@link #join} may block. */
    boolean joinMayBlock() {
        return admission.mayBlock();
    }

    /** Why the visitor may not join; empty if it may. Every attempt counts, so that guessing is limited, too. */
    Optional<Status> join(JoinRequest request, Visitor visitor) {
        long wait = rates.joins().take(visitor.origin());
        if (wait > 0) {
            return Optional.of(tooFast(wait, "joins"));
        }
        Verdict verdict = admission.judge(visitor.credentials());
        if (verdict instanceof Verdict.Refused refused) {
            return Optional.of(Failures.credentialsInvalid(refused));
        }
        if (verdict instanceof Verdict.Unknown) {
            return Optional.of(Failures.retry(
                    ErrorReason.AUTH_UNAVAILABLE, "the service cannot check credentials for now; retry later"));
        }
        return verdict instanceof Verdict.OwnNames own && !own.keys().contains(key(request.getParticipantName()))
                ? Optional.of(
                        Failures.plain(ErrorReason.NAME_NOT_YOURS, "the credentials are valid, but not for that name"))
                : Optional.empty();
    }

    private static String key(String name) {
        return ParticipantName.problem(name).isEmpty()
                ? ParticipantName.of(name).key()
                : "";
    }

    /** Why a session may not publish now; empty if it may. */
    Optional<Status> publish(SessionId session) {
        return limited(rates.publishes(), session, "messages");
    }

    /** Why a session may not read now; empty if it may. */
    Optional<Status> read(SessionId session) {
        return limited(rates.reads(), session, "reads");
    }

    /** Whether a session is present. */
    boolean isPresent(SessionId session) {
        return participants.find(session).isPresent();
    }

    private Optional<Status> limited(RateLimiter<SessionId> limiter, SessionId session, String what) {
        if (limiter.isUnlimited() || !isPresent(session)) {
            return Optional.empty();
        }
        long wait = limiter.take(session);
        return wait == 0 ? Optional.empty() : Optional.of(tooFast(wait, what));
    }

    private static Status tooFast(long wait, String what) {
        return Failures.retry(
                ErrorReason.RATE_LIMITED, "too many " + what + " a second; wait, then retry", Duration.ofNanos(wait));
    }
}
