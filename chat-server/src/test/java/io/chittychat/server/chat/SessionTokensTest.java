package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SessionTokensTest {

    private final SessionTokens tokens = new SessionTokens(new SecureRandom());

    @Test
    void tokenOfARepeatableJoinCanBeDerivedAgain() {
        SessionTokens.Issued issued = tokens.issue("request");
        assertThat(SessionTokens.derive(issued.key().orElseThrow().salt(), "request"))
                .isEqualTo(issued.token());
        assertThat(SessionTokens.sessionId(issued.token())).isEqualTo(issued.session());
    }

    @Test
    void sameRequestIdGivesTheSameDigestAndAnotherToken() {
        SessionTokens.Issued one = tokens.issue("request");
        SessionTokens.Issued other = tokens.issue("request");
        assertThat(other.key().orElseThrow().request())
                .isEqualTo(one.key().orElseThrow().request());
        assertThat(other.token()).isNotEqualTo(one.token());
    }

    @Test
    void joinWithoutRequestIdCannotBeRepeated() {
        assertThat(tokens.issue("").key()).isEmpty();
        assertThat(tokens.issue("").token()).isNotEqualTo(tokens.issue("").token());
    }
}
