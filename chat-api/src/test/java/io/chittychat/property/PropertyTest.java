package io.chittychat.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PropertyTest {

    private static final int SEED = 4711;
    private static final Pattern REPEAT = Pattern.compile("-Dchitty\\.seed=(-?\\d+) -Dchitty\\.tries=1 ");

    @Test
    void everyCaseIsDifferent() {
        Set<Long> tried = new HashSet<>();
        Property.forAll(SEED, 500, Draw::seed, drawn -> tried.add(drawn));
        assertThat(tried).hasSize(500);
    }

    @Test
    void sameSeedDrawsTheSameCases() {
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        Property.forAll(SEED, 20, draw -> draw.text(0, 100), once::add);
        Property.forAll(SEED, 20, draw -> draw.text(0, 100), again::add);
        assertThat(again).isEqualTo(once);
    }

    @Test
    void seedInAFailureRepeatsOnlyItsCase() {
        AssertionError failure = failure(
                draw -> draw.between(0, 1_000_000), drawn -> assertThat(drawn).isLessThan(900_000));
        Matcher seed = REPEAT.matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();

        List<Integer> alone = new ArrayList<>();
        Property.forAll(Long.parseLong(seed.group(1)), 1, draw -> draw.between(0, 1_000_000), alone::add);

        assertThat(alone)
                .singleElement()
                .satisfies(drawn -> assertThat(failure).hasMessageContaining("drawn:   " + drawn + "\n"));
    }

    @Test
    void failureSaysWhatFailed() {
        AssertionError failure = failure(Draw::yesOrNo, drawn -> {
            throw new IllegalStateException("as it must");
        });
        assertThat(failure).hasMessageContaining("as it must").hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void failingListIsReducedToTheElementsThatMatter() {
        AssertionError failure = failure(
                draw -> draw.list(0, 200, each -> each.between(0, 99)),
                drawn -> assertThat(drawn.containsAll(List.of(17, 71))).isFalse());
        assertThat(failure).message().containsPattern("reduced: \\[(17, 71|71, 17)]\n");
    }

    @Test
    void elementsWithinElementsAreReduced() {
        AssertionError failure = failure(
                draw -> draw.list(0, 9, each -> each.text(0, 9, 'a', 'z')),
                drawn -> assertThat(drawn).noneMatch(text -> text.contains("q")));
        assertThat(failure).message().contains("reduced: [q]\n");
    }

    @Test
    void reducedCaseKeepsTheLeastSize() {
        AssertionError failure = failure(
                draw -> List.of(draw.list(3, 9, each -> 'x'), draw.times(2, 9)),
                drawn -> assertThat(drawn).isEmpty());
        assertThat(failure).message().contains("reduced: [[x, x, x], 2]\n");
    }

    @Test
    void reducedCaseCanBeDrawn() {
        AssertionError failure = failure(
                draw -> draw.until(text -> text.contains("q"), each -> each.text(0, 30, 'a', 'z')),
                drawn -> assertThat(drawn).isEmpty());
        assertThat(failure).message().containsPattern("reduced: [a-z]*q[a-z]*\n");
    }

    @Test
    void generatorThatFailsNamesItsSeed() {
        AssertionError failure = failure(draw -> draw.until(number -> number < 0, each -> each.below(9)), drawn -> {});
        assertThat(failure).message().contains("cannot be drawn").containsPattern(REPEAT);
    }

    @Test
    void drawnTextIsShownInAscii() {
        AssertionError failure = failure(
                draw -> "a\u001b[31m\n\ud83d" + draw.below(1),
                drawn -> assertThat(drawn).isEmpty());
        assertThat(failure).message().contains("drawn:   a\\u001b[31m\\u000a\\ud83d0\n");
    }

    @Test
    void numbersKeepTheirBoundsAndMeetThem() {
        Draw draw = new Draw(SEED, new BitSet());
        for (long[] bounds : new long[][] {
            {Long.MIN_VALUE, Long.MAX_VALUE}, {Long.MIN_VALUE, -1}, {1, Long.MAX_VALUE}, {-5, 1L << 40}, {3, 5}, {7, 7}
        }) {
            List<Long> drawn = LongStream.range(0, 2_000)
                    .mapToObj(i -> draw.between(bounds[0], bounds[1]))
                    .toList();
            assertThat(drawn)
                    .allMatch(number -> number >= bounds[0] && number <= bounds[1])
                    .contains(bounds[0], bounds[1]);
        }
        assertThat(LongStream.range(0, 2_000).map(i -> draw.anyLong())).contains(-1L, 0L, 1L);
    }

    @Test
    void textsMeetTheEdgesOfUnicode() {
        Draw draw = new Draw(SEED, new BitSet());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            texts.add(draw.text(0, 100));
        }
        assertThat(texts).contains("").anyMatch(text -> text.codePointCount(0, text.length()) == 100);
        assertThat(String.join(" ", texts)).contains("\u0000", "\ud83d\udc4b", "\uffff", "\udfff ", " \udc00");
    }

    private static <C> AssertionError failure(Function<Draw, C> cases, Property.Check<C> check) {
        return catchThrowableOfType(AssertionError.class, () -> Property.forAll((long) SEED, 10_000, cases, check));
    }
}
