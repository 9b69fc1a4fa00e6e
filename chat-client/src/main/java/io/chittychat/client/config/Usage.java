package io.chittychat.client.config;

import io.chittychat.client.shell.ChatCommand;

/** The help of the command line. */
public final class Usage {

    private static final String BEFORE_OPTIONS = """
            usage: chat-client [join NAME] [OPTIONS]         chat at the terminal
                   chat-client [join NAME] --exec COMMANDS   run the commands, then end
                   chat-client [join NAME] @FILE             run the commands in FILE
                   chat-client tail [--after L] [--json]     print events as they happen

            Without a terminal, the client runs the commands on its standard input.

            Options:
            """;

    private static final String BEFORE_COMMANDS = """

            Any other setting: --chitty.client.KEY=VALUE, CHITTY_CLIENT_KEY=VALUE in the
            environment, or the file ~/.config/chitty-chat/client.yml.

            Commands:
            """;

    private static final String AFTER_COMMANDS = """

            In the chat, a line that is not a command is a message.

            Exit codes:
              0    everything was done
              1    something was refused or could not be done
              2    the arguments are wrong
              3    the service cannot be reached, does not answer, or is another service
              141  the reader of the standard output is gone
            """;

    private Usage() {}

    /** The text; no line is longer than 80 columns. */
    public static String text() {
        StringBuilder text = new StringBuilder(BEFORE_OPTIONS);
        for (ClientOption option : ClientOption.values()) {
            option.appendTo(text);
        }
        text.append(BEFORE_COMMANDS);
        for (ChatCommand command : ChatCommand.values()) {
            command.appendTo(text);
        }
        return text.append(AFTER_COMMANDS).toString();
    }
}
