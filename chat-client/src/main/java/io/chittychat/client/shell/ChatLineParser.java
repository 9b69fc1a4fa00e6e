package io.chittychat.client.shell;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Tells commands from messages. A line with a slash before it is a command, with two it is a message that begins with one
 * slash. A line that begins with the name of a command is that command if the rest of it makes sense for it: {@code who}
 * is a command and {@code who is there?} is not. Everything else is a message, once one is in the chat.
 *
 * <p>The text of {@code say}, {@code join} and {@code search} is taken as it is: quotes, backslashes, several spaces and
 * what looks like options are text like any other. The other commands are Spring Shell's to take apart.
 */
public final class ChatLineParser implements CommandParser, MessageRule {

    static final String SAY = "say";

    private static final Predicate<String> NOTHING = String::isBlank;
    private static final Set<String> VERBATIM = Set.of(SAY, "join", "search");
    private static final Predicate<String> HISTORY = Pattern.compile(
                    "\\s*(\\d+|--after[ =]\\d+|--help)?(\\s+(\\d+|--after[ =]\\d+))?\\s*")
            .asMatchPredicate();
    private static final Map<String, Predicate<String>> FORMS = Map.of(
            SAY,
            rest -> true,
            "join",
            rest -> true,
            "search",
            rest -> true,
            "history",
            HISTORY,
            "help",
            rest -> rest.isBlank() || isCommand(rest.strip()),
            "leave",
            NOTHING,
            "who",
            NOTHING,
            "clock",
            NOTHING,
            "quit",
            NOTHING,
            "exit",
            NOTHING);

    private final CommandParser options;
    private final BooleanSupplier inChat;

    /**
     * A parser.
     *
     * @param options takes apart what has options
     * @param inChat whether one is in the chat
     */
    public ChatLineParser(CommandParser options, BooleanSupplier inChat) {
        this.options = options;
        this.inChat = inChat;
    }

    /** Whether a word is the name of a command. */
    static boolean isCommand(String word) {
        return FORMS.containsKey(word);
    }

    @Override
    public Optional<String> message(String line) {
        ParsedInput parsed = parse(line);
        return parsed.commandName().equals(SAY)
                ? parsed.arguments().stream().map(CommandArgument::value).findFirst()
                : Optional.empty();
    }

    @Override
    public ParsedInput parse(String line) {
        String input = line.stripLeading();
        if (input.startsWith("//") && inChat.getAsBoolean()) {
            return verbatim(SAY, input.substring(1));
        }
        if (input.startsWith("/")) {
            return command(input.substring(1));
        }
        String word = firstWord(input);
        boolean fits = isCommand(word) && FORMS.getOrDefault(word, NOTHING).test(rest(input, word));
        return fits || !inChat.getAsBoolean() ? command(input) : verbatim(SAY, line);
    }

    private ParsedInput command(String input) {
        String word = firstWord(input);
        boolean verbatim = VERBATIM.contains(word) || !isCommand(word);
        return verbatim ? verbatim(word, rest(input, word)) : options.parse(input.strip());
    }

    private static String firstWord(String input) {
        int end = 0;
        while (end < input.length() && !Character.isWhitespace(input.charAt(end))) {
            end++;
        }
        return input.substring(0, end);
    }

    /** What follows the white space after the first word. */
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
