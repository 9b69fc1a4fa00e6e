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
        assertThat(said(format, LOST))
                .contains("gets no reply to Publish: UNAVAILABLE")
                .doesNotContain("is refused");
        assertThat(said(format, REFUSED)).contains("is refused Publish: TEXT").doesNotContain("gets no reply");
    }

    /** What a drawing says; the page's script has words for everything that may be said. */
    private static String said(Format format, SpaceTime drawn) {
        return format.draw(drawn).replaceFirst("(?s)<script>.*</script>", "");
    }
}
