package io.chittychat.server.access;

import io.chittychat.text.ParticipantName;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What is thought of somebody's credentials. */
public sealed interface Verdict {

    /** Join under any name. */
    record AnyName() implements Verdict {}

    /**
     * Join under a name of one's own only.
     *
     * @param keys the names as {@link ParticipantName#key}; names that nobody can join under are left out
     */
    record OwnNames(Set<String> keys) implements Verdict {

        static OwnNames of(Collection<String> names) {
            return new OwnNames(names.stream()
                    .filter(name -> ParticipantName.problem(name).isEmpty())
                    .map(name -> ParticipantName.of(name).key())
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /**
     * Do not join.
     *
     * @param why a sentence for the one who wanted to
     */
    record Refused(String why) implements Verdict {}

    /** Nobody knows for now, since what the check needs is out of reach. */
    record Unknown() implements Verdict {}
}
