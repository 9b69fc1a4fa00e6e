package io.chittychat.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
    void whatIsNotUnderstoodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--fast"), true))
                .withMessage("unknown option: --fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--dir"), true))
                .withMessage("--dir needs a directory");
    }
}
