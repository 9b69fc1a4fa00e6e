package io.chittychat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.trace.console.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoOptionsTest {

    private static DemoOptions parse(String... arguments) {
        DemoOptions options = new DemoOptions();
        options.parser().parseArgs(arguments);
        return options;
    }

    @Test
    void worksInTargetOfTheCheckoutUnlessToldOtherwise() {
        assertThat(parse("--home", "/x").dir()).isEqualTo(Path.of("/x/target/demo"));
        assertThat(parse("--dir", "/y", "--home", "/x").dir()).isEqualTo(Path.of("/y"));
    }

    @Test
    void laterOptionWins() {
        assertThat(parse("--home", "/of-the-launcher", "--home", "/x").home()).isEqualTo(Path.of("/x"));
    }

    @Test
    void isInColourOnlyIfAskedAndAllowed() {
        assertThat(parse().style(true)).isEqualTo(Style.PLAIN);
        assertThat(parse("--color").style(true)).isEqualTo(Style.COLOURED);
        assertThat(parse("--color").style(false)).isEqualTo(Style.PLAIN);
    }

    @Test
    void playsTheFirstScenarioUnlessToldOtherwise() {
        assertThat(parse()).satisfies(options -> {
            assertThat(options.list() || options.help()).isFalse();
            assertThat(options.report()).isTrue();
            assertThat(options.scenario()).isEqualTo("conversation");
            assertThat(options.seed()).isEmpty();
        });
        assertThat(parse("--scenario", "my.txt", "--seed", "-7", "--no-report")).satisfies(options -> {
            assertThat(options.report()).isFalse();
            assertThat(options.scenario()).isEqualTo("my.txt");
            assertThat(options.seed()).hasValue(-7);
        });
        assertThat(parse("--list").list()).isTrue();
        assertThat(parse("-h").help()).isTrue();
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThatThrownBy(() -> parse("--fast")).hasMessage("Unknown option: '--fast'");
        assertThatThrownBy(() -> parse("--dir")).hasMessage("Missing required parameter for option '--dir' (DIR)");
        assertThatThrownBy(() -> parse("--seed", "x"))
                .hasMessage("Invalid value for option '--seed': 'x' is not a long");
    }

    @Test
    void helpFitsATerminalAndExplainsScenarios() {
        StringWriter help = new StringWriter();
        new DemoOptions().parser().usage(new PrintWriter(help, true), CommandLine.Help.Ansi.OFF);

        assertThat(help.toString()).startsWith("usage: chitty demo [OPTIONS]").contains("unreliable alice");
        assertThat(help.toString().lines()).allMatch(line -> line.length() <= 80);
    }
}
