package io.chittychat.tools.demo;

import io.chittychat.tools.check.Participation;
import io.chittychat.tools.check.Participation.Ending;
import io.chittychat.tools.process.ParticipantProcess;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Who takes part: everybody whose process was started, and who of them is in the chat. Not safe for use by several threads. */
final class Cast {

    private final Function<String, ParticipantProcess> starter;
    private final Map<String, ParticipantProcess> everybody = new LinkedHashMap<>();
    private final Map<String, ParticipantProcess> present = new LinkedHashMap<>();
    private final Set<String> killed = new TreeSet<>();

    Cast(Function<String, ParticipantProcess> starter) {
        this.starter = starter;
    }

    /** Starts a participant's process, unless it runs. */
    ParticipantProcess start(String name) {
        return everybody.computeIfAbsent(name, starter);
    }

    /** A participant who is in the chat. */
    ParticipantProcess get(String name) {
        ParticipantProcess participant = present.get(name);
        if (participant == null) {
            throw new IllegalArgumentException(name + " is not in the chat");
        }
        return participant;
    }

    void entered(ParticipantProcess participant) {
        present.put(participant.name(), participant);
    }

    void left(ParticipantProcess participant) {
        present.remove(participant.name());
    }

    void killed(ParticipantProcess participant) {
        present.remove(participant.name());
        killed.add(participant.name());
    }

    /** Everybody who is in the chat, in the order of their joins. */
    Collection<ParticipantProcess> present() {
        return List.copyOf(present.values());
    }

    /** Everybody's part in the conversation, as their logs tell it. */
    List<Participation> participations() {
        return everybody.values().stream()
                .map(participant -> new Participation(
                        participant.name(),
                        killed.contains(participant.name()) ? Ending.KILLED : Ending.LEFT,
                        participant.log()))
                .toList();
    }
}
