package io.chittychat.client.shell;

import java.util.List;

/** The lines that {@code help} shows. */
final class HelpText {

    private static final String BEFORE = """
            In the chat, each line that you type is a message, unless it is a command:

            """;

    private static final String AFTER = """

              /who             is always a command; // begins a message with a slash
              Tab              completes commands, options and names
              Up, Ctrl-R       recall earlier lines; Ctrl-C drops the line

            L7 beside an event is its Lamport time: all participants see the same order.
            """;

    private HelpText() {}

    /** The lines about a command, or about everything if no command has this name. */
    static List<String> of(String command) {
        return ChatCommand.named(command).map(ChatCommand::topic).orElseGet(HelpText::overview);
    }

    private static List<String> overview() {
        StringBuilder help = new StringBuilder(BEFORE);
        for (ChatCommand command : ChatCommand.values()) {
            command.appendTo(help);
        }
        return help.append(AFTER).toString().lines().toList();
    }
}
