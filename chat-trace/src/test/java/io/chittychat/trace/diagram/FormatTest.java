package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.spacetime.SpaceTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all drawings have in common. */
class FormatTest {

    private static final SpaceTime LOST =
            new Played("alice", "bob").join(0).join(1).unanswered(1).end();

    private static final SpaceTime REFUSED =
            new Played("alice", "bob").join(0).join(1).refuse(1, "TEXT_BLANK").end();

    /** Such a request may have arrived; a refused one has. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void whatGotNoAnswerIsNotSaidToBeRefused(Format format) {
        assertThat(format.draw(LOST))
                .contains("gets no reply to Publish: UNAVAILABLE")
                .doesNotContain("is refused");
        assertThat(format.draw(REFUSED)).contains("is refused Publish: TEXT").doesNotContain("gets no reply");
    }
}
