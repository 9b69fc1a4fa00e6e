package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
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
        ErrorReason expected =
                refusal == Refusal.SESSION_ALIVE ? ErrorReason.LOG_UNAVAILABLE : ErrorReason.valueOf(refusal.name());
        assertThat(conformance.seen).containsExactly(expected);
    }
}
