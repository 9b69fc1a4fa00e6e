package io.chittychat.client.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line.
 *
 * @param settings as Spring Boot takes them, {@code --key=value}
 * @param answer something to print instead of running; empty to run
 */
public record ClientArguments(List<String> settings, Optional<Answer> answer) {

    /** What can be asked of the program besides running. */
    public enum Answer {
        /** How to use it. */
        HELP,
        /** Which version it is. */
        VERSION
    }

    /** How to use the program. */
    public static final String USAGE = """
            usage: chat-client [--server HOST:PORT] [--log-dir DIR]

              --server HOST:PORT  the chat service; default localhost:9090
              --log-dir DIR       where participant-NAME.log is written; default logs
              --chitty.client.KEY=VALUE
                                  any other setting of application.yml
              --help, --version   print this, or the version, and exit

            Commands, typed or one a line on standard input:
              join NAME   say TEXT   leave   who   clock   help   quit
            """;

    private static final Map<String, String> KEYS =
            Map.of("--server", "chitty.client.server", "--log-dir", "chitty.client.log-dir");
    private static final String SETTING = "--chitty.client.";

    public ClientArguments {
        settings = List.copyOf(settings);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not understood, with a message for the user
     */
    public static ClientArguments parse(String... args) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--help") || arg.equals("-h")) {
                return new ClientArguments(List.of(), Optional.of(Answer.HELP));
            }
            if (arg.equals("--version")) {
                return new ClientArguments(List.of(), Optional.of(Answer.VERSION));
            }
            int equals = arg.indexOf('=');
            if (arg.startsWith(SETTING) && equals > 0) {
                settings.add(arg);
                continue;
            }
            String option = equals < 0 ? arg : arg.substring(0, equals);
            String key = KEYS.get(option);
            if (key == null) {
                throw new IllegalArgumentException("unknown option: " + arg);
            }
            if (equals < 0 && ++i == args.length) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = equals < 0 ? args[i] : arg.substring(equals + 1);
            check(option, value);
            settings.add("--" + key + "=" + value);
        }
        return new ClientArguments(settings, Optional.empty());
    }

    private static void check(String option, String value) {
        if (option.equals("--server")) {
            ServerAddress.check(value);
        } else if (value.isBlank()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
    }
}
