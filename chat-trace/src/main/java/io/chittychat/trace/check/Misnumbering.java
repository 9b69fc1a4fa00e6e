package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.trace.check.ExpectedEvents.Expected;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Finds records that give an event another Lamport time than most others do. One wrong number in one log would otherwise look
 * like one event too many there, and one that all others lack.
 *
 * <p>Not safe for use by several threads.
 */
final class Misnumbering {

    private static final int MOST_NAMED = 4;

    /**
     * Somebody gives an event a Lamport time.
     *
     * @param who a phrase
     * @param lamport the time
     * @param weight decides between as many on both sides
     * @param blame is called with the right time if this one is wrong
     */
    private record Claim(String who, long lamport, int weight, LongConsumer blame) {}

    private final Findings findings;
    private final Map<String, ParticipantCursor> cursors;
    private final ServiceCursors services;
    private final ExpectedEvents expectedEvents;

    Misnumbering(
            Findings findings,
            Map<String, ParticipantCursor> cursors,
            ServiceCursors services,
            ExpectedEvents expectedEvents) {
        this.findings = findings;
        this.cursors = cursors;
        this.services = services;
        this.expectedEvents = expectedEvents;
    }

    /** Takes the wrong numbers out of what is to be checked at a time; whether anything remains. */
    boolean remains(long lamport) {
        if (!isUsual(lamport)) {
            claimedAt(lamport).forEach(identity -> settle(identity, lamport));
        }
        return expectedEvents.next() == lamport
                || services.nextTime() == lamport
                || cursors.values().stream().anyMatch(cursor -> cursor.nextTime() == lamport);
    }

    /** Whether all who should have the event have it, so that nobody has another time for it. */
    private boolean isUsual(long lamport) {
        boolean received = false;
        for (ParticipantCursor cursor : cursors.values()) {
            LogRecord copy = cursor.peek();
            if (copy == null || copy.lamport() != lamport) {
                if (cursor.lacks(lamport)) {
                    return false;
                }
            } else if (!received) {
                received = true;
                Optional<Expected> promised = promised(Identity.of(copy).orElse(null));
                if (promised.isPresent() && promised.get().reply().lamport() != lamport) {
                    return false;
                }
            }
        }
        return received && (services.nextTime() == lamport || services.isEmpty());
    }

    private Optional<Expected> promised(@org.jspecify.annotations.Nullable Identity identity) {
        return Optional.ofNullable(identity)
                .flatMap(known -> Optional.ofNullable(cursors.get(known.from()))
                        .flatMap(author -> author.requests().promised(known.sent())))
                .filter(event -> identity != null && event.type().equals(identity.type()));
    }

    private Set<Identity> claimedAt(long lamport) {
        Set<Identity> claimed = new LinkedHashSet<>();
        for (ParticipantCursor cursor : cursors.values()) {
            LogRecord copy = cursor.peek();
            if (copy != null && copy.lamport() == lamport) {
                Identity.of(copy).ifPresent(claimed::add);
            }
        }
        services.peek().stream()
                .filter(step -> step.lamportOut() == lamport)
                .forEach(step -> Identity.of(step).ifPresent(claimed::add));
        Expected expected = expectedEvents.at(lamport);
        if (expected != null) {
            expected.attempts()
                    .forEach(attempt ->
                            claimed.add(identity(expected, attempt.request().clock())));
        }
        return claimed;
    }

    private static Identity identity(Expected expected, long clock) {
        return Identity.ofRequest(expected.type(), expected.by().name(), clock);
    }

    private void settle(Identity identity, long lamport) {
        Map<Long, List<Claim>> byTime = claims(identity).stream()
                .collect(Collectors.groupingBy(Claim::lamport, LinkedHashMap::new, Collectors.toList()));
        if (byTime.size() < 2 || !byTime.containsKey(lamport)) {
            return;
        }
        long right = byTime.entrySet().stream()
                .max((one, other) -> Integer.compare(weight(one.getValue()), weight(other.getValue())))
                .map(Map.Entry::getKey)
                .orElse(lamport);
        String witnesses = witnesses(byTime.getOrDefault(right, List.of()));
        byTime.forEach((time, claims) -> {
            if (time != right && (time == lamport || right == lamport)) {
                claims.forEach(claim -> blame(claim, identity, witnesses, right));
            }
        });
    }

    private static int weight(List<Claim> claims) {
        return claims.stream().mapToInt(Claim::weight).sum();
    }

    private static String witnesses(List<Claim> claims) {
        List<String> names = new ArrayList<>(
                claims.stream().map(Claim::who).distinct().limit(MOST_NAMED).toList());
        if (claims.size() > MOST_NAMED + 1) {
            names.set(MOST_NAMED - 1, "%d others".formatted(claims.size() - MOST_NAMED + 1));
        }
        int last = names.size() - 1;
        return last == 0
                ? names.get(0) + " says"
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last) + " say";
    }

    private String problem = "";

    private void blame(Claim claim, Identity identity, String witnesses, long right) {
        String event = CheckedEvent.phrase(identity.type(), identity.from());
        String who = cursors.containsKey(claim.who()) ? "the log of " + claim.who() : claim.who();
        problem = MissedEvents.misnumbered(who, claim.lamport(), event, witnesses, right);
        claim.blame().accept(right);
    }

    private List<Claim> claims(Identity identity) {
        List<Claim> claims = new ArrayList<>();
        cursors.values().forEach(cursor -> {
            LogRecord copy = cursor.peek();
            if (copy != null && (isOf(copy, identity) || isOwnJoin(cursor, copy, identity))) {
                claims.add(new Claim(
                        cursor.name(),
                        copy.lamport(),
                        10,
                        right -> cursor.takeAs(right, requirement(identity), problem)));
            }
        });
        services.peek().stream()
                .filter(step -> Identity.of(step).filter(identity::equals).isPresent())
                .forEach(step -> claims.add(serviceClaim(step)));
        promised(identity)
                .ifPresent(expected -> claims.add(new Claim(
                        "the reply to " + expected.by().name(), expected.reply().lamport(), 11, right -> {
                            findings.violation(requirement(identity), expected.reply(), problem);
                            expectedEvents.dismiss(expected);
                        })));
        return claims;
    }

    private static Requirement requirement(Identity identity) {
        return Requirement.ofCopies(identity.type());
    }

    private Claim serviceClaim(ServiceRecord step) {
        return new Claim("the service", step.lamportOut(), 12, right -> {
            findings.violation(SERVICE, step.place(), problem);
            services.takeAs(step, right);
        });
    }

    private static boolean isOf(LogRecord copy, Identity identity) {
        return Identity.of(copy).filter(identity::equals).isPresent();
    }

    /** Whether it is the join that a participant asked for with its first clock. */
    private static boolean isOwnJoin(ParticipantCursor cursor, LogRecord copy, Identity identity) {
        return identity.type().equals("joined")
                && identity.from().equals(cursor.name())
                && copy.isEvent("joined")
                && copy.sent() == identity.sent()
                && copy.find(io.chittychat.text.LogKeys.FROM)
                        .filter(cursor.name()::equals)
                        .isPresent();
    }
}
