package io.chittychat.client.shell;

import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Reads a line as a command and one argument: the first word, and everything after the white space that ends it, as it
 * is. Quotes, backslashes, several spaces and what looks like options are text like any other: this is a chat.
 */
public final class VerbatimCommandParser implements CommandParser {

    @Override
    public ParsedInput parse(String input) {
        String line = input.stripLeading();
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        ParsedInput.Builder parsed = ParsedInput.builder().commandName(line.substring(0, end));
        if (end + 1 < line.length()) {
            parsed.addArgument(new CommandArgument(0, line.substring(end + 1)));
        }
        return parsed.build();
    }
}
