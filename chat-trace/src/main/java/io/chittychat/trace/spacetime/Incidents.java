package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener.ServiceStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds the places of incidents among the steps of the service, by their wall clocks. Not safe for use by several threads. */
final class Incidents {

    private final Deque<Incident> later;
    private final List<Incident.Placed> placed = new ArrayList<>();
    private long last;

    Incidents(List<Incident> all) {
        this.later = new ArrayDeque<>(
                all.stream().sorted(Comparator.comparing(Incident::at)).toList());
    }

    void happened(ServiceStep step) {
        at(step).ifPresent(this::place);
        last = step.lamport();
    }

    private void place(Instant before) {
        for (Incident next = later.peek(); next != null && next.at().isBefore(before); next = later.peek()) {
            placed.add(new Incident.Placed(last, later.remove()));
        }
    }

    /** The service's clock, or the earliest of those who received the event. */
    private static Optional<Instant> at(ServiceStep step) {
        return Optional.ofNullable(step.service())
                .map(ServiceRecord::time)
                .or(() -> step.copies().stream().map(LogRecord::time).min(Comparator.naturalOrder()));
    }

    /** Those in a part of the conversation, in their order. */
    List<Incident.Placed> within(SpaceTime.Window window) {
        place(Instant.MAX);
        return placed.stream()
                .filter(incident -> incident.after() >= window.from() && incident.after() <= window.to())
                .toList();
    }
}
