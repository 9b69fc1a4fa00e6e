package io.chittychat.trace.check;

import io.chittychat.trace.log.Place;
import org.jspecify.annotations.Nullable;

/** The one life of the service that all logs must be of. Not safe for use by several threads. */
final class Life {

    private @Nullable String epoch;
    private Place told = new Place(java.nio.file.Path.of(""), 0);

    /** A record tells the identity of the service's log. */
    void require(String here, Place at) {
        String known = epoch;
        if (known == null) {
            epoch = here;
            told = at;
        } else if (!known.equals(here)) {
            throw TraceException.otherLife(at, here, told, known);
        }
    }
}
