package io.chittychat.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chittychat.bench.measure.Spread;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void namesAreAlignedToTheLeftAndFiguresToTheRight() {
        MarkdownTable table = new MarkdownTable("server", "rate");
        table.add("a", "1,234,567");
        table.add("a longer one", "2");

        assertThat(table).hasToString("""
                | server       |      rate |
                |--------------|----------:|
                | a            | 1,234,567 |
                | a longer one |         2 |
                """);
    }

    @Test
    void rowNeedsACellForEveryColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MarkdownTable("one", "two").add("1"));
    }

    @Test
    void figuresShowTheSpreadOfTheRounds() {
        assertThat(FigureFormat.whole(new Spread(12_345.6, 1, 1_000_000))).isEqualTo("12,346 (1 - 1,000,000)");
        assertThat(FigureFormat.exact(new Spread(0.456, 0.1, 2))).isEqualTo("0.46 (0.10 - 2.00)");
    }
}
