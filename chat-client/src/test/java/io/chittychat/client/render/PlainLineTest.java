package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainLineTest {

    @Test
    void longLineIsBrokenAtSpacesAndItsRestIndented() {
        assertThat(PlainLine.fit("  Enters the chat. Nobody else who is there may have the name.", 36))
                .isEqualTo("  Enters the chat. Nobody else who\n    is there may have the name.");
    }

    @Test
    void lineThatFitsStaysAsItIs() {
        assertThat(PlainLine.fit("* Connected.", 60)).isEqualTo("* Connected.");
    }

    @Test
    void nothingIsLostAndNoLineIsTooWide() {
        String line = "  " + "日本語 words and 👩‍🚀 more of them, ".repeat(20).strip();
        for (int width = 30; width < 120; width++) {
            String fitted = PlainLine.fit(line, width);
            int most = width;
            assertThat(fitted.lines()).allMatch(part -> TerminalText.width(part) <= most);
            assertThat(fitted.replaceAll("\\s", "")).isEqualTo(line.replaceAll("\\s", ""));
        }
    }

    @Test
    void styledLineAndTerminalOfNoWidthAreLeftAlone() {
        String styled = "\u001b[1m" + "x".repeat(100);
        assertThat(PlainLine.fit(styled, 60)).isEqualTo(styled);
        assertThat(PlainLine.fit("x".repeat(100), 0)).isEqualTo("x".repeat(100));
    }
}
