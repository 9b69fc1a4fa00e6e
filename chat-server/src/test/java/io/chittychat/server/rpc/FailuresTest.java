package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.room.Refusal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalIsAnErrorOfTheTable(Refusal refusal) {
        ErrorConformance conformance = new ErrorConformance();
        conformance.check(Optional.of(Failures.of(refusal)));
        assertThat(conformance.violations).isEmpty();
        assertThat(conformance.seen).containsExactly(reason(refusal));
    }

    private static ErrorReason reason(Refusal refusal) {
        return switch (refusal) {
            case SESSION_ALIVE -> ErrorReason.LOG_UNAVAILABLE;
            case TIME_OVER -> ErrorReason.STORE_FULL;
            default -> ErrorReason.valueOf(refusal.name());
        };
    }
}
