package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.ParsedInput;

class VerbatimCommandParserTest {

    private final VerbatimCommandParser parser = new VerbatimCommandParser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "don't",
                "don't \"quote",
                "\"all quoted\"",
                "back\\slash \\n",
                "two  spaces   three ",
                " leading space",
                "--help",
                "-x --name=value -- y",
                "leave",
                "😀 👩‍👩‍👧",
                "tab\there"
            })
    void everythingAfterSayIsText(String text) {
        ParsedInput parsed = parser.parse("say " + text);

        assertThat(parsed.commandName()).isEqualTo("say");
        assertThat(parsed.arguments()).containsExactly(new CommandArgument(0, text));
        assertThat(parsed.options()).isEmpty();
        assertThat(parsed.subCommands()).isEmpty();
    }

    @Test
    void commandAloneHasNoArgument() {
        assertThat(parser.parse("who").arguments()).isEmpty();
        assertThat(parser.parse("say ").arguments()).isEmpty();
        assertThat(parser.parse("  who").commandName()).isEqualTo("who");
    }
}
