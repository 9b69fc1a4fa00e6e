package io.chittychat.server.access;

import io.chittychat.text.ParticipantName;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The decision on a caller's credentials. */
public sealed interface Verdict {

    /** The caller may join under any name. */
    record AnyName() implements Verdict {}

    /**
     * The caller may join only under one of these names.
     *
     * @param keys the names as {@link ParticipantName#key}; without names that are invalid in the chat
     */
    record OwnNames(Set<String> keys) implements Verdict {

        static OwnNames of(Collection<String> names) {
            return new OwnNames(names.stream()
                    .filter(name -> ParticipantName.problem(name).isEmpty())
                    .map(name -> ParticipantName.of(name).key())
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** What a service asks a caller for. */
    enum Required {
        TOKEN,
        JWT,
        CERTIFICATE
    }

    /**
     * The caller may not join.
     *
     * @param required what it has to show, and does not
     * @param why the reason, for the caller
     */
    record Refused(Required required, String why) implements Verdict {}

    /** The credentials cannot be checked at the moment, for example because keys cannot be fetched. */
    record Unknown() implements Verdict {}
}
