package io.chittychat.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was said, it is shown and does nothing. */
class ForeignTextTest {

    private static final double WIDTH = 60;

    private final Fonts fonts = SampleRun.fonts();
    private final Adoc adoc = new Adoc(fonts);
    private final LogListing listing = new LogListing(fonts, WIDTH);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include::/etc/passwd[]",
                "+++<b>x</b>+++",
                "|===",
                "a|b",
                "`a` *b* _c_ #d# {version}",
                "pass:[x] <<logs>> [[id]] (C) -> ... -- &amp; <1>",
                "http://example.org[x] a@b.c",
                "----"
            })
    void nothingInACellHasAMeaning(String said) {
        String cell = adoc.text(said);

        assertThat(cell).doesNotContainPattern("[^A-Za-z0-9 &#;]");
        assertThat(cell.replaceAll("&#[0-9]+;", "")).doesNotContainPattern("[^A-Za-z0-9 ]");
        assertThat(decoded(cell)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"include::/etc/passwd[]", "----", "ifdef::x[]", "endif::[]", "// comment", "\\include::x[]"})
    void noLineOfABlockBeginsWithForeignText(String said) {
        List<String> lines = lines(listing.of(1, List.of(said, "x".repeat(400) + said, said.repeat(30))));

        assertThat(lines).allMatch(line -> line.startsWith("    "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W", "\u4f60", "x ", "\u05e9", "\ud83d\udc4b", "e\u0301"})
    void noLineOfABlockIsWiderThanThePage(String character) {
        for (String line : lines(listing.of(1, List.of(character.repeat(300))))) {
            assertThat(line.codePoints().mapToDouble(fonts::width).sum()).isLessThanOrEqualTo(WIDTH);
        }
    }

    @Test
    void wrappingLosesNothing() {
        String said = "text=\"" + "Gr\u00fc\u00dfe, \u4f60\u597d ".repeat(40) + "\"";

        String shown = lines(listing.of(7, List.of(said))).stream()
                .map(line -> line.replaceFirst("^ +(7 |\u21aa) ?", ""))
                .collect(Collectors.joining());

        assertThat(shown.replace(" ", "")).isEqualTo(said.replace(" ", ""));
    }

    @Test
    void whatNoFontHasIsShownByItsNumber() {
        assertThat(fonts.shown("a\u200d\ufe0f\ud834\udd1e\u202e"))
                .isEqualTo("a\u27e8U+200D\u27e9\u27e8U+FE0F\u27e9\u27e8U+1D11E\u27e9\u27e8U+202E\u27e9");
    }

    @Test
    void scriptsOfTheDemonstrationAreShownAsTheyAre() {
        String said = "Gr\u00fc\u00dfe, \u4f60\u597d, \u0393\u03b5\u03b9\u03ac \u03c3\u03bf\u03c5! \ud83d\udc4b";

        assertThat(fonts.shown(said)).isEqualTo(said);
    }

    @Test
    void rightToLeftTextStandsInTheOrderInWhichItIsSeen() {
        assertThat(VisualOrder.of("a \u05d0\u05d1 (\u05d2) z")).isEqualTo("a (\u05d2) \u05d1\u05d0 z");
    }

    @Test
    void aFigureNamesTheFontOfEveryCharacter() {
        String svg = "<svg font-family=\"Arial\"><text x=\"1\">a &lt;\u4f60&gt; \ud83d\udc4b</text></svg>";

        assertThat(new SvgFonts(fonts).inTheme(svg))
                .isEqualTo(
                        "<svg font-family=\"Noto Sans\"><text x=\"1\"><tspan font-family=\"Noto Sans\">a &lt;</tspan>"
                                + "<tspan font-family=\"Noto Sans SC\">\u4f60</tspan><tspan font-family=\"Noto Sans\">&gt; </tspan>"
                                + "<tspan font-family=\"Noto Emoji\">\ud83d\udc4b</tspan></text></svg>");
    }

    private static List<String> lines(String block) {
        List<String> lines = block.lines().toList();
        return lines.subList(2, lines.size() - 1);
    }

    private static String decoded(String cell) {
        return java.util.regex.Pattern.compile("&#([0-9]+);")
                .matcher(cell)
                .replaceAll(reference -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(reference.group(1)))));
    }
}
