package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.text.MessageText;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.shell.core.command.annotation.Command;

class ChatCommandTest {

    private static final int COLUMNS = 80;

    @Test
    void springShellExecutesEachCommandThatIsNotForThePrompt() {
        List<String> executed = Arrays.stream(ChatCommands.class.getMethods())
                .map(method -> method.getAnnotation(Command.class))
                .filter(Objects::nonNull)
                .flatMap(command -> Stream.concat(Arrays.stream(command.name()), Arrays.stream(command.alias())))
                .toList();

        assertThat(executed)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ChatCommand.values())
                        .filter(command -> !command.isForPrompt())
                        .map(ChatCommand::word)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void nameFindsTheCommand(ChatCommand command) {
        assertThat(ChatCommand.named(command.word())).contains(command);
        assertThat(command.usage()).startsWith(command.word());
        assertThat(command.topic().get(0)).startsWith(command.word());
    }

    @Test
    void exitIsQuit() {
        assertThat(ChatCommand.named("exit")).contains(ChatCommand.QUIT);
        assertThat(ChatCommand.named("leaves")).isEmpty();
    }

    @Test
    void helpNamesTheLengthOfAMessage() {
        assertThat(HelpText.of("say"))
                .anySatisfy(line -> assertThat(line).contains("1 to " + MessageText.MAX_CODE_POINTS + " characters"));
    }

    @Test
    void helpFitsATerminal() {
        Stream<String> topics =
                Arrays.stream(ChatCommand.values()).flatMap(command -> HelpText.of(command.word()).stream());

        assertThat(Stream.concat(HelpText.of("").stream(), topics))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @EnumSource
    void helpListsEachCommand(ChatCommand command) {
        assertThat(HelpText.of("nonsense"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("  " + command.usage() + " ")
                        .endsWith(command.summary()));
    }
}
