package io.chittychat.examiner.scenario;

import io.chittychat.examiner.participant.Heard;
import io.chittychat.examiner.participant.Participant;
import java.util.OptionalLong;

/** An event as one participant received it. */
record Copy(Participant receiver, Heard heard) {

    OptionalLong time() {
        return heard.event().time();
    }

    String text() {
        return heard.event().text();
    }

    /** In words, as evidence. */
    String words() {
        return "%s received it with %s"
                .formatted(
                        receiver.name(),
                        time().isPresent()
                                ? "Lamport time %d (own clock then: %d)".formatted(time().getAsLong(), heard.clock())
                                : "no Lamport time");
    }
}
