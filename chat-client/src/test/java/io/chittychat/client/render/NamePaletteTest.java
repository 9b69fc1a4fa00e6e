package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamePaletteTest {

    private static final double READABLE = 4.0;
    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

    @Test
    void everyColorIsReadableOnBlackAndOnWhite() {
        for (int color : NamePalette.colors()) {
            double luminance = luminance(color);
            assertThat((luminance + 0.05) / 0.05).as("%d on black", color).isGreaterThanOrEqualTo(READABLE);
            assertThat(1.05 / (luminance + 0.05)).as("%d on white", color).isGreaterThanOrEqualTo(READABLE);
        }
    }

    @Test
    void sameNameHasTheSameColor() {
        assertThat(NamePalette.color("Alice")).isEqualTo(NamePalette.color("alice"));
        assertThat(NamePalette.color("bob")).isEqualTo(28); // must not change: users know the colours
    }

    @Test
    void namesSpreadOverTheColors() {
        int colors = NamePalette.colors().length;
        var counts = IntStream.range(0, 100 * colors)
                .map(i -> NamePalette.color("user" + i))
                .boxed()
                .collect(Collectors.groupingBy(color -> color, Collectors.counting()));

        assertThat(counts.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(NamePalette.colors()).boxed().toList());
        assertThat(counts.values()).allMatch(count -> count > 30 && count < 300);
    }

    /** Relative luminance of a colour of the 6x6x6 cube (WCAG 2.1). */
    private static double luminance(int color) {
        int cube = color - 16;
        return 0.2126 * linear(CUBE[cube / 36]) + 0.7152 * linear(CUBE[cube / 6 % 6]) + 0.0722 * linear(CUBE[cube % 6]);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
