package io.chittychat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chittychat.demo.DemoOptions.Task;
import io.chittychat.trace.console.Style;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void worksInTargetOfTheCheckoutUnlessToldOtherwise() {
        assertThat(DemoOptions.parse(List.of("--home", "/x"), true).dir()).isEqualTo(Path.of("/x/target/demo"));
        assertThat(DemoOptions.parse(List.of("--dir", "/y", "--home", "/x"), true)
                        .dir())
                .isEqualTo(Path.of("/y"));
    }

    @Test
    void isInColourOnlyIfAskedAndAllowed() {
        assertThat(DemoOptions.parse(List.of(), true).style()).isEqualTo(Style.PLAIN);
        assertThat(DemoOptions.parse(List.of("--color"), true).style()).isEqualTo(Style.COLOURED);
        assertThat(DemoOptions.parse(List.of("--color"), false).style()).isEqualTo(Style.PLAIN);
    }

    @Test
    void playsTheFirstScenarioUnlessToldOtherwise() {
        assertThat(DemoOptions.parse(List.of(), true)).satisfies(options -> {
            assertThat(options.task()).isEqualTo(Task.PLAY);
            assertThat(options.scenario()).isEqualTo("conversation");
            assertThat(options.seed()).isEmpty();
        });
        assertThat(DemoOptions.parse(List.of("--scenario", "my.txt", "--seed", "-7"), true))
                .satisfies(options -> {
                    assertThat(options.scenario()).isEqualTo("my.txt");
                    assertThat(options.seed()).hasValue(-7);
                });
        assertThat(DemoOptions.parse(List.of("--list"), true).task()).isEqualTo(Task.LIST);
        assertThat(DemoOptions.parse(List.of("-h"), true).task()).isEqualTo(Task.HELP);
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--fast"), true))
                .withMessage("unknown option: --fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--dir"), true))
                .withMessage("--dir needs a directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--seed", "x"), true))
                .withMessage("--seed needs a number, not 'x'");
    }
}
