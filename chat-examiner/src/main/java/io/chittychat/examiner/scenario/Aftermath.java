package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Event;
import io.chittychat.examiner.participant.Heard;
import io.chittychat.examiner.participant.Participant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks through all that the participants have received: nothing twice, times that grow, one order. */
final class Aftermath {

    private final Stage stage;

    Aftermath(Stage stage) {
        this.stage = stage;
    }

    void look() {
        List<Participant> all = stage.everybody();
        all.forEach(this::twice);
        if (!stage.findings().fails(Requirement.CLOCK)) {
            all.forEach(this::backwards);
        }
        order(all.get(0), all.get(1));
    }

    private void twice(Participant receiver) {
        Map<String, Heard> first = new HashMap<>();
        for (Heard heard : receiver.hearing().all()) {
            String event = identity(heard.event());
            if (event.isEmpty()) {
                continue;
            }
            Heard earlier = first.putIfAbsent(event, heard);
            if (earlier != null) {
                stage.findings()
                        .add(Finding.failure(
                                requirement(heard.event()),
                                "A participant is told of one event twice.",
                                "once",
                                "%s was told twice: %s".formatted(receiver.name(), event),
                                List.of(new Copy(receiver, earlier).words(), new Copy(receiver, heard).words())));
            }
        }
    }

    /** What an event of this examination is known by; empty for those of others. */
    private String identity(Event event) {
        return switch (event.kind()) {
            case PUBLISHED ->
                Stage.marksIn(event.text()).stream()
                        .filter(mark -> mark.startsWith(stage.run()))
                        .findFirst()
                        .map(mark -> "the message '" + mark.strip() + "...'")
                        .orElse("");
            case JOINED, LEFT ->
                stage.everybody().stream()
                        .filter(one -> Arrivals.of(event.kind(), one).test(event))
                        .findFirst()
                        .map(one -> one.name() + " " + event.kind().word())
                        .orElse("");
        };
    }

    private static Requirement requirement(Event event) {
        return switch (event.kind()) {
            case PUBLISHED -> Requirement.BROADCAST;
            case JOINED -> Requirement.JOIN_TOLD;
            case LEFT -> Requirement.LEAVE_TOLD;
        };
    }

    private void backwards(Participant receiver) {
        List<Heard> all = receiver.hearing().all();
        for (int i = 1; i < all.size(); i++) {
            Event before = all.get(i - 1).event();
            Event after = all.get(i).event();
            if (before.time().isPresent()
                    && after.time().isPresent()
                    && after.time().getAsLong() < before.time().getAsLong()) {
                stage.findings()
                        .add(Finding.note(
                                Requirement.CLOCK,
                                "Messages that were sent at the same time arrive in another order than that of their times.",
                                "the order of Lamport times, if the service takes the time and sends in one step",
                                "%s received Lamport time %d after %d"
                                        .formatted(
                                                receiver.name(),
                                                after.time().getAsLong(),
                                                before.time().getAsLong()),
                                List.of(
                                        new Copy(receiver, all.get(i - 1)).words(),
                                        new Copy(receiver, all.get(i)).words())));
                return;
            }
        }
    }

    /** Compares the order of what both have received. */
    private void order(Participant one, Participant other) {
        List<String> first = marks(one);
        List<String> second = marks(other);
        List<String> common = new ArrayList<>(first);
        common.retainAll(second);
        second.retainAll(common);
        for (int i = 0; i < Math.min(common.size(), second.size()); i++) {
            if (!common.get(i).equals(second.get(i))) {
                stage.findings()
                        .add(Finding.note(
                                Requirement.BROADCAST,
                                "Two participants receive the same messages in different orders.",
                                "the assignment does not ask for one order; Lamport times could give one",
                                "'%s...' comes before '%s...' for %s, and after it for %s"
                                        .formatted(
                                                common.get(i).strip(),
                                                second.get(i).strip(),
                                                one.name(),
                                                other.name()),
                                List.of()));
                return;
            }
        }
    }

    private List<String> marks(Participant receiver) {
        List<String> marks = new ArrayList<>();
        for (Heard heard : receiver.hearing().all()) {
            Stage.marksIn(heard.event().text()).stream()
                    .filter(mark -> mark.startsWith(stage.run()))
                    .forEach(marks::add);
        }
        return marks;
    }
}
