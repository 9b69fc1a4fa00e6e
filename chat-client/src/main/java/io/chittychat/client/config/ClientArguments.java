package io.chittychat.client.config;

import io.chittychat.client.config.ClientRun.Tail;
import io.chittychat.session.ServiceAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.regex.Pattern;

/**
 * The command line.
 *
 * @param settings as Spring Boot takes them, {@code --key=value}
 * @param run the work of the run
 * @param answer the text to print instead of a run; empty to run
 */
public record ClientArguments(List<String> settings, ClientRun run, Optional<Answer> answer) {

    /** The texts that the program prints on request. */
    public enum Answer {
        /** How to use the program. */
        HELP,
        /** The version of the program. */
        VERSION
    }

    public ClientArguments {
        settings = List.copyOf(settings);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not valid, with a message for the user
     */
    public static ClientArguments parse(String... args) {
        return new Parser(args).parse();
    }

    /** Reads one command line. */
    private static final class Parser {

        private static final String SETTING = "--chitty.client.";
        private static final String NEGOTIATION = "grpc.client.chat.negotiation-type";
        private static final String CLIENT_CERTIFICATE = "grpc.client.chat.security.client-auth-enabled";

        /** Commands are separated by semicolons or line ends; a backslash before a semicolon makes it text. */
        private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\);|\\R");

        private final Queue<String> left;
        private final List<String> settings = new ArrayList<>();
        private final List<String> commands = new ArrayList<>();
        private Optional<Path> file = Optional.empty();
        private boolean executes;
        private boolean json;
        private boolean tail;
        private OptionalLong after = OptionalLong.empty();
        private Optional<Answer> answer = Optional.empty();

        Parser(String... args) {
            left = new ArrayDeque<>(List.of(args));
        }

        ClientArguments parse() {
            while (!left.isEmpty() && answer.isEmpty()) {
                take(left.remove());
            }
            if (answer.isPresent()) {
                return new ClientArguments(List.of(), ClientRun.COMMANDS, answer);
            }
            require(!tail || (!executes && file.isEmpty() && commands.isEmpty()), "tail takes no commands");
            require(tail || after.isEmpty(), "--after is for tail");
            require(
                    isSet(ClientOption.TLS_CERT) == isSet(ClientOption.TLS_KEY),
                    "--tls-cert and --tls-key belong together");
            boolean reads = !executes && file.isEmpty() && !tail;
            ClientRun run =
                    new ClientRun(commands, file, reads, json, tail ? Optional.of(new Tail(after)) : Optional.empty());
            return new ClientArguments(settings, run, Optional.empty());
        }

        private void take(String argument) {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String word = equals < 0 ? argument : argument.substring(0, equals);
            Optional<ClientOption> option = ClientOption.named(word.equals("-h") ? "--help" : word);
            if (option.filter(ClientOption::hasValue).isPresent()) {
                String value = equals < 0 ? next(word, "a value") : argument.substring(equals + 1);
                require(!value.isBlank(), word + " needs a value");
                set(option.get(), value);
            } else if (option.isPresent() && equals < 0) {
                set(option.get());
            } else if (argument.startsWith(SETTING) && equals > 0) {
                settings.add(argument);
            } else if (argument.equals("join")) {
                commands.add("join " + next("join", "a name"));
            } else if (argument.equals("tail")) {
                tail = true;
            } else if (argument.startsWith("@") && argument.length() > 1) {
                file = Optional.of(Path.of(argument.substring(1)));
            } else {
                throw new IllegalArgumentException("unknown argument: " + argument + advice(word, option));
            }
        }

        private static String advice(String word, Optional<ClientOption> option) {
            if (option.isPresent()) {
                return "; " + word + " takes no value";
            }
            return word.startsWith("-")
                    ? ClientOption.nearest(word)
                            .map(nearest -> "; did you mean " + nearest.word() + "?")
                            .orElse("")
                    : "; give join NAME, tail, @FILE or an option";
        }

        private void set(ClientOption option) {
            switch (option) {
                case HELP -> answer = Optional.of(Answer.HELP);
                case VERSION -> answer = Optional.of(Answer.VERSION);
                case JSON -> json = true;
                case TLS -> setting(NEGOTIATION, "TLS");
                default -> throw new IllegalStateException(option + " has a value");
            }
        }

        private void set(ClientOption option, String value) {
            switch (option) {
                case EXEC -> execute(value);
                case AFTER -> after = OptionalLong.of(lamportTime(value));
                case SERVER -> {
                    ServiceAddresses.of(value); // refuses what is not possible
                    setting(option.setting(), value);
                }
                default -> {
                    require(
                            !option.isFile() || Files.isReadable(Path.of(value)),
                            "cannot read the file of " + option.word() + ": " + value);
                    setting(option.setting(), (option.isResource() ? "file:" : "") + value);
                }
            }
            if (option == ClientOption.TLS_CERT) {
                setting(CLIENT_CERTIFICATE, "true");
            }
            if (option.isForTls()) {
                setting(NEGOTIATION, "TLS");
            }
        }

        private void execute(String value) {
            executes = true;
            SEPARATOR
                    .splitAsStream(value)
                    .map(command -> command.strip().replace("\\;", ";"))
                    .filter(command -> !command.isEmpty())
                    .forEach(commands::add);
        }

        private boolean isSet(ClientOption option) {
            return settings.stream().anyMatch(setting -> setting.startsWith("--" + option.setting() + "="));
        }

        /** Replaces an earlier value, of which Spring would make a list. */
        private void setting(String key, String value) {
            String head = "--" + key + "=";
            settings.removeIf(earlier -> earlier.startsWith(head));
            settings.add(head + value);
        }

        private String next(String word, String what) {
            String value = left.poll();
            if (value == null) {
                throw new IllegalArgumentException(word + " needs " + what);
            }
            return value;
        }

        private static long lamportTime(String text) {
            try {
                long time = Long.parseLong(text);
                if (time >= 0) {
                    return time;
                }
            } catch (NumberFormatException e) {
                // the same message as for a negative number
            }
            throw new IllegalArgumentException("--after needs a Lamport time, not '" + text + "'");
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
