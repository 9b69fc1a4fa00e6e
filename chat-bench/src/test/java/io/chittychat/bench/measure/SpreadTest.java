package io.chittychat.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(new Spread(3.5, 1, 100));
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        assertThat(Spread.ratio(List.of(1.0, 4.0, 9.0), List.of(2.0, 4.0, 3.0))).isEqualTo(new Spread(1, 0.5, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.ratio(List.of(1.0), List.of()));
    }

    @Test
    void noRoundsHaveNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
