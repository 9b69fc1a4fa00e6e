package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All logs of a conversation side by side. Immutable. */
final class Conversation {

    private final List<Stay> stays;
    private final List<LogRecord> events;

    Conversation(List<Participation> participations) {
        this.stays = participations.stream().map(Stay::new).toList();
        Map<Object, LogRecord> distinct = new LinkedHashMap<>();
        stays.forEach(stay -> stay.log().events().forEach(event -> distinct.putIfAbsent(identity(event), event)));
        this.events = distinct.values().stream()
                .sorted(Comparator.comparingLong(LogRecord::lamport))
                .toList();
    }

    List<Stay> stays() {
        return stays;
    }

    Optional<Stay> stayOf(String name) {
        return stays.stream().filter(stay -> stay.name().equals(name)).findFirst();
    }

    /** The first of equal copies of every event that anybody received, in the order of Lamport time. */
    List<LogRecord> events() {
        return events;
    }

    /** Equal for two copies exactly if they tell of the same event. */
    static List<Optional<String>> identity(LogRecord event) {
        return Stream.of("lamport", "event", "from", "sent", "text")
                .map(event::find)
                .toList();
    }

    /**
     * Requires that everybody to whom the event at a Lamport time is owed has it, as expected. A copy that is there and
     * right is evidence.
     */
    void requireCopies(long lamport, ExpectedEvent expected, Findings findings) {
        for (Stay stay : stays) {
            if (!stay.isOwed(lamport)) {
                continue;
            }
            LogRecord copy = stay.events().get(lamport);
            if (copy == null) {
                findings.violation(
                        stay,
                        stay.placeOf(lamport),
                        "%s did not receive %s of Lamport time %d".formatted(stay.name(), expected, lamport));
            } else {
                findings.expect(
                        expected.matches(copy), copy, "is not %s of Lamport time %d".formatted(expected, lamport));
            }
        }
    }
}
