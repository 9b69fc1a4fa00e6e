package io.chittychat.trace.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.Violation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTableTest {

    private static final Violation LOST = new Violation(Path.of("bob.log"), 7, "bob did not receive it");

    @Test
    void showsTheEvidenceOfWhatHolds() {
        assertThat(printed(new RequirementVerdict(Requirement.MESSAGES, 17, List.of())))
                .containsPattern("(?m)^  R3 .* 17 copies +holds$")
                .doesNotContain("violated");
    }

    @Test
    void showsWhereSomethingDoesNotHold() {
        assertThat(printed(new RequirementVerdict(Requirement.MESSAGES, 16, List.of(LOST))))
                .containsPattern("(?m)^  R3 .* 16 copies +VIOLATED$")
                .contains("R3 is violated:", "bob.log:7: bob did not receive it");
    }

    @Test
    void showsThatThereIsNoEvidence() {
        assertThat(printed(new RequirementVerdict(Requirement.LEAVES, 0, List.of())))
                .contains("VIOLATED", "there is no evidence for it");
    }

    @Test
    void doesNotFloodTheTerminal() {
        assertThat(printed(new RequirementVerdict(Requirement.MESSAGES, 16, Collections.nCopies(25, LOST))))
                .contains("... and 15 more")
                .hasLineCount(16);
    }

    private static String printed(RequirementVerdict verdict) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new VerdictTable(new PrintStream(bytes, true, UTF_8), Style.PLAIN).print(List.of(verdict));
        return bytes.toString(UTF_8);
    }
}
