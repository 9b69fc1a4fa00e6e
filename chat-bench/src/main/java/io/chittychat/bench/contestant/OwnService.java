package io.chittychat.bench.contestant;

import java.util.List;
import java.util.Optional;

/** The service of this checkout, alone or as a node of several. */
public interface OwnService extends Contestant {

    /**
     * Sessions outlive a pause of the load generator, and streams that are idle because a publisher connects long before its turn.
     * There is room for publishers beside 10,000 receivers.
     */
    List<String> PATIENT = List.of(
            "--chitty.session.resume-window=1h",
            "--chitty.grpc.request-timeout=1h",
            "--chitty.limits.max-participants=11000",
            "--chitty.web.max-calls=11000",
            "--chitty.http.max-connections=11000"); // receivers connect at once

    @Override
    default boolean isOurs() {
        return true;
    }

    @Override
    default Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    default String version() {
        return "of this checkout, on JDK " + System.getProperty("java.version");
    }
}
