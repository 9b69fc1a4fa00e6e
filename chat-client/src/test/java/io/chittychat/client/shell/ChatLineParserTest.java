package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.DefaultCommandParser;
import org.springframework.shell.core.command.ParsedInput;

class ChatLineParserTest {

    private boolean inChat = true;
    private final ChatLineParser parser =
            new ChatLineParser(new DefaultCommandParser(new CommandRegistry()), () -> inChat);

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "who is there?",
                "leave me alone",
                "quit it",
                "clocks tick",
                "help me",
                "history is bunk",
                " who knows",
                "- a list",
                "\"quoted\""
            })
    void lineThatDoesNotFitTheCommandIsAMessage(String line) {
        assertThat(parser.message(line)).contains(line);
    }

    @ParameterizedTest
    @CsvSource({
        "who, who",
        "/who, who",
        " leave, leave",
        "quit, quit",
        "exit, exit",
        "help history, help",
        "history 50, history",
        "history 50 --after 7, history",
        "search is it, search",
        "join us, join",
        "/nonsense, nonsense"
    })
    void commandsAreCommands(String line, String command) {
        assertThat(parser.message(line)).isEmpty();
        assertThat(parser.parse(line).commandName()).isEqualTo(command);
    }

    @Test
    void twoSlashesAreOneInTheMessage() {
        assertThat(parser.message("//etc is a directory")).contains("/etc is a directory");
    }

    @Test
    void noLineIsAMessageOutsideOfTheChat() {
        inChat = false;

        assertThat(parser.message("hello")).isEmpty();
        assertThat(parser.parse("hello there").commandName()).isEqualTo("hello");
        assertThat(parser.parse("who is there").commandName()).isEqualTo("who");
    }

    @Test
    void helpOptionAsksForHelp() {
        ParsedInput parsed = parser.parse("history --help");

        assertThat(parsed.commandName()).isEqualTo("help");
        assertThat(parsed.arguments()).containsExactly(new CommandArgument(0, "history"));
    }

    @Test
    void optionsAreParsed() {
        ParsedInput parsed = parser.parse("history 50 --after 7");

        assertThat(parsed.arguments()).containsExactly(new CommandArgument(0, "50"));
        assertThat(parsed.options()).singleElement().satisfies(option -> {
            assertThat(option.longName()).isEqualTo("after");
            assertThat(option.value()).isEqualTo("7");
        });
    }
}
