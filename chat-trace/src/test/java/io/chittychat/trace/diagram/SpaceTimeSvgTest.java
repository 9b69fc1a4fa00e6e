package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.spacetime.SpaceTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceTimeSvgTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/space-time.svg");

    /** {@code -Dchitty.golden=write} writes it, to be looked at before it is committed. */
    @Test
    void aSmallConversationLooksAsItDid() throws IOException {
        String actual = SpaceTimeSvg.draw(Samples.tiny());
        if ("write".equals(System.getProperty("chitty.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void foreignTextIsShownAndIsNoMarkup() {
        SpaceTime hostile = new Played(Samples.HOSTILE, "bob")
                .join(0)
                .join(1)
                .say(0, Samples.HOSTILE)
                .end();
        Picture picture = new Picture(SpaceTimeSvg.draw(hostile));
        assertThat(picture.elementNames())
                .containsOnly("title", "desc", "style", "rect", "g", "text", "line", "polyline", "polygon", "circle");
        assertThat(picture.words()).anyMatch(words -> words.startsWith("</script><script>"));
        assertThat(String.join("", picture.words())).doesNotContain("\u2028", "\u202e", "\ufffe");
    }

    @Test
    void eventsStandInTheMarginInTheirOrder() {
        List<String> words = new Picture(SpaceTimeSvg.draw(Samples.small())).words();
        assertThat(words)
                .containsSubsequence(
                        "events in order",
                        "2",
                        "alice joined",
                        "6",
                        "bob joined",
                        "10",
                        "alice: Is anybody here?",
                        "14",
                        "bob: Yes. 你好!",
                        "17",
                        "alice left");
    }

    @Test
    void whatIsReceivedBeforeItWasSentIsRed() {
        Picture picture = new Picture(SpaceTimeSvg.draw(Samples.broken()));
        assertThat(picture.numbered("broken", "data-message"))
                .singleElement()
                .satisfies(arrow -> assertThat(Picture.descent(arrow)).isNegative());
        assertThat(picture.numbered("broken", "data-step")).hasSize(1);
        assertThat(picture.words()).contains("breaks the rule: not later than its cause");
    }

    @Test
    void aPartSaysAtBothEndsThatItIsOne() {
        assertThat(new Picture(SpaceTimeSvg.draw(Samples.part(Samples.full(), 14, 30))).words())
                .contains(
                        "Lamport times 14 to 30 of 1 to 46: earlier times are not shown",
                        "Lamport times 14 to 30 of 1 to 46: later times are not shown");
        assertThat(new Picture(SpaceTimeSvg.draw(Samples.full())).words())
                .noneMatch(words -> words.contains("not shown"));
    }

    @Test
    void timesWithoutAStepAreLeftOutAndTheGapIsMarked() {
        SpaceTime withGap = Samples.only(Samples.small(), time -> time < 7 || time > 9);
        Picture picture = new Picture(SpaceTimeSvg.draw(withGap));
        assertThat(picture.numbered("time", "data-time"))
                .extracting(row -> row.getAttribute("data-time"))
                .containsSubsequence("6", "10")
                .doesNotContain("7", "8", "9");
        assertThat(picture.numbered("time", "data-time"))
                .filteredOn(row -> row.getElementsByTagName("rect").getLength() == 3)
                .extracting(row -> row.getAttribute("data-time"))
                .containsExactly("10");
    }

    @Test
    void namesOfManyAreTilted() {
        assertThat(SpaceTimeSvg.draw(Samples.crowd(12))).contains("rotate(-45)");
        assertThat(SpaceTimeSvg.draw(Samples.small())).doesNotContain("rotate");
    }

    @Test
    void anEmptyConversationIsAPicture() {
        SpaceTime nothing = new SpaceTime(List.of(), List.of(), List.of(), new SpaceTime.Window(0, 0, 0, 0));
        assertThat(new Picture(SpaceTimeSvg.draw(nothing)).words()).contains("events in order");
    }
}
