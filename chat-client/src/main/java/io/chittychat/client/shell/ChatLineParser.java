package io.chittychat.client.shell;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Tells commands from messages. A line with a slash before it is a command; a line with two slashes is a message that
 * begins with one. A line that begins with the name of a command is that command if the rest of the line fits its
 * {@link ChatCommand.Form}: {@code who} is a command and {@code who is there?} is not. In the chat, every other line is
 * a message.
 *
 * <p>Spring Shell's parser parses the commands that are not verbatim.
 */
public final class ChatLineParser implements CommandParser {

    private final CommandParser options;
    private final BooleanSupplier inChat;

    /**
     * A parser.
     *
     * @param options parses commands that are not verbatim
     * @param inChat whether the participant is in the chat
     */
    public ChatLineParser(CommandParser options, BooleanSupplier inChat) {
        this.options = options;
        this.inChat = inChat;
    }

    /** The message that a line would publish; empty if the line is a command, or the participant is not in the chat. */
    public Optional<String> message(String line) {
        ParsedInput parsed = parse(line);
        return parsed.commandName().equals(ChatCommand.Name.SAY)
                ? parsed.arguments().stream().map(CommandArgument::value).findFirst()
                : Optional.empty();
    }

    @Override
    public ParsedInput parse(String line) {
        String input = line.stripLeading();
        if (input.startsWith("//") && inChat.getAsBoolean()) {
            return verbatim(ChatCommand.Name.SAY, input.substring(1));
        }
        if (input.startsWith("/")) {
            return command(input.substring(1));
        }
        String word = firstWord(input);
        boolean fits = ChatCommand.named(word)
                .filter(command -> command.form().fits(rest(input, word)))
                .isPresent();
        return fits || !inChat.getAsBoolean() ? command(input) : verbatim(ChatCommand.Name.SAY, line);
    }

    private ParsedInput command(String input) {
        String word = firstWord(input);
        String rest = rest(input, word);
        boolean verbatim = ChatCommand.named(word)
                .map(command -> command.form().isVerbatim())
                .orElse(true);
        if (verbatim) {
            return verbatim(word, rest);
        }
        return rest.strip().equals("--help") ? verbatim(ChatCommand.Name.HELP, word) : options.parse(input.strip());
    }

    private static String firstWord(String input) {
        int end = 0;
        while (end < input.length() && !Character.isWhitespace(input.charAt(end))) {
            end++;
        }
        return input.substring(0, end);
    }

    /** The text after the white space after the first word. */
    private static String rest(String input, String word) {
        return input.substring(Math.min(input.length(), word.length() + 1));
    }

    private static ParsedInput verbatim(String command, String text) {
        ParsedInput.Builder parsed = ParsedInput.builder().commandName(command);
        if (!text.isEmpty()) {
            parsed.addArgument(new CommandArgument(0, text));
        }
        return parsed.build();
    }
}
