package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The event of a Lamport time: as the reply to its request says, otherwise as several copies say, or one whose request
 * is known, otherwise as the service's log says.
 *
 * @param lamport its time
 * @param type {@code joined}, {@code published} or {@code left}
 * @param from the participant that it is about
 * @param copy the copy that the others are compared with, if there is one
 */
record CheckedEvent(
        long lamport, String type, String from, @Nullable LogRecord copy) {

    static CheckedEvent of(
            long lamport,
            List<LogRecord> copies,
            ExpectedEvents.@Nullable Expected expected,
            @Nullable ServiceRecord service,
            Predicate<LogRecord> isRequested) {
        if (expected != null) {
            return told(lamport, expected.type(), expected.by().name(), copies);
        }
        Optional<String> type = Optional.ofNullable(service).flatMap(ServiceRecord::eventType);
        LogRecord most = copies.isEmpty() ? null : most(copies);
        boolean sure = most != null && (likes(most, copies) > 1 || isRequested.test(most));
        if (service != null && type.isPresent() && !sure) {
            return told(lamport, type.get(), service.participant(), copies);
        }
        return most == null
                ? new CheckedEvent(lamport, "", "", null)
                : new CheckedEvent(
                        lamport, most.find(EVENT).orElse(""), most.find(FROM).orElse(""), most);
    }

    private static CheckedEvent told(long lamport, String type, String from, List<LogRecord> copies) {
        List<LogRecord> fitting =
                copies.stream().filter(copy -> isOf(copy, type, from)).toList();
        return new CheckedEvent(lamport, type, from, fitting.isEmpty() ? null : most(fitting));
    }

    /** The first copy that most other copies equal. */
    private static LogRecord most(List<LogRecord> copies) {
        LogRecord most = copies.get(0);
        long likes = likes(most, copies);
        for (LogRecord copy : copies) {
            if (likes * 2 >= copies.size()) {
                break;
            }
            long others = likes(copy, copies);
            if (others > likes) {
                most = copy;
                likes = others;
            }
        }
        return most;
    }

    private static long likes(LogRecord one, List<LogRecord> copies) {
        return copies.stream().filter(copy -> isLike(one, copy)).count();
    }

    /** Whether two copies describe the same event. */
    static boolean isLike(LogRecord one, LogRecord other) {
        return one == other
                || (one.lamport() == other.lamport()
                        && one.sent() == other.sent()
                        && one.find(EVENT).equals(other.find(EVENT))
                        && one.find(FROM).equals(other.find(FROM))
                        && one.find(TEXT).equals(other.find(TEXT)));
    }

    boolean isOf(LogRecord copy) {
        return isOf(copy, type, from);
    }

    private static boolean isOf(LogRecord copy, String type, String from) {
        return copy.isEvent(type) && from.equals(copy.find(FROM).orElse(""));
    }

    /** Whether it is a leave without a request: an expired session. */
    boolean isExpiry() {
        return type.equals("left") && copy != null && copy.sent() == 0;
    }

    boolean isMessage() {
        return type.equals("published");
    }

    /** The clock of the request that led to it; 0 if there was none, or if no copy says. */
    long sent() {
        return copy == null ? 0 : copy.sent();
    }

    Requirement requirement() {
        return Requirement.ofCopies(type);
    }

    /** The text of a join or a leave. */
    String sentence() {
        return "Participant %s %s Chitty-Chat at Lamport time %d".formatted(from, type, lamport);
    }

    /** The event as a phrase. */
    @Override
    public String toString() {
        return phrase(type, from);
    }

    /** An event as a phrase. */
    static String phrase(String type, String from) {
        return switch (type) {
            case "joined" -> "the join of " + from;
            case "left" -> "the leave of " + from;
            default -> "the message of " + from;
        };
    }
}
