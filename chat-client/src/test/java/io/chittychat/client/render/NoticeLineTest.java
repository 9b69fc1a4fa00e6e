package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.session.SessionEnd;
import io.chittychat.session.SessionEnd.Reason;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeLineTest {

    @Test
    void unwantedEndsTellTheUserWhatToDo() {
        for (Reason reason : EnumSet.complementOf(EnumSet.of(Reason.LEFT, Reason.CLOSED))) {
            assertThat(NoticeLine.ended(new SessionEnd(reason, "no\u001b[2J")))
                    .hasValueSatisfying(line -> assertThat(line)
                            .startsWith("* ")
                            .endsWith("join NAME")
                            .doesNotContain("\u001b"));
        }
    }

    @Test
    void wantedEndsSayNothing() {
        assertThat(NoticeLine.ended(new SessionEnd(Reason.LEFT, ""))).isEmpty();
        assertThat(NoticeLine.ended(new SessionEnd(Reason.CLOSED, ""))).isEmpty();
    }

    @Test
    void resumedClaimsOnlyWhatIsTrue() {
        assertThat(NoticeLine.resumed(Optional.empty(), false)).isEqualTo("* Connected again; nothing was missed.");
        assertThat(NoticeLine.resumed(Optional.of("b:2"), false))
                .isEqualTo("* Connected again to b:2; nothing was missed.");
        assertThat(NoticeLine.resumed(Optional.of("b:2"), true)).isEqualTo("* Connected again to b:2.");
    }

    @Test
    void connectionIsNotClaimedWhileItIsLost() {
        assertThat(NoticeLine.connectedTo("b:2", false)).isEqualTo("  connected to b:2");
        assertThat(NoticeLine.connectedTo("b:2", true)).isEqualTo("  reconnecting; last connected to b:2");
    }
}
