package io.chittychat.client.config;

import io.chittychat.client.config.ClientRun.Tail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param settings as Spring Boot takes them, {@code --key=value}
 * @param run what to do
 * @param answer something to print instead of running; empty to run
 */
public record ClientArguments(List<String> settings, ClientRun run, Optional<Answer> answer) {

    /** What can be asked of the program besides running. */
    public enum Answer {
        /** How to use it. */
        HELP,
        /** Which version it is. */
        VERSION
    }

    private static final String SECURITY_OF = "grpc.client.chat.security.";
    private static final Map<String, String> SETTINGS = Map.of(
            "--server", "chitty.client.server",
            "--name", "chitty.client.name",
            "--log-dir", "chitty.client.log-dir",
            "--token-file", "chitty.client.token-file",
            "--tls-ca", SECURITY_OF + "trust-cert-collection",
            "--tls-cert", SECURITY_OF + "certificate-chain",
            "--tls-key", SECURITY_OF + "private-key",
            "--tls-authority", SECURITY_OF + "authority-override",
            "--config", "spring.config.additional-location");
    private static final String CLIENT_CERTIFICATE = SECURITY_OF + "client-auth-enabled";

    /** Those whose value is a resource of Spring. */
    private static final List<String> FILES = List.of("--tls-ca", "--tls-cert", "--tls-key", "--config");

    private static final String SETTING = "--chitty.client.";
    private static final String SECURITY = "grpc.client.chat.negotiation-type";

    /** Commands stand between semicolons or line ends; a backslash before a semicolon makes it text. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\);|\\R");

    public ClientArguments {
        settings = List.copyOf(settings);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not understood, with a message for the user
     */
    public static ClientArguments parse(String... args) {
        return new Reading(args).read();
    }

    /** One command line, while it is read. */
    private static final class Reading {
        private final Queue<String> left;
        private final List<String> settings = new ArrayList<>();
        private final List<String> commands = new ArrayList<>();
        private Optional<Path> file = Optional.empty();
        private boolean executes;
        private boolean json;
        private boolean tail;
        private OptionalLong after = OptionalLong.empty();

        Reading(String... args) {
            left = new ArrayDeque<>(List.of(args));
        }

        ClientArguments read() {
            while (!left.isEmpty()) {
                String arg = left.remove();
                if (arg.equals("--help") || arg.equals("-h")) {
                    return new ClientArguments(List.of(), ClientRun.COMMANDS, Optional.of(Answer.HELP));
                }
                if (arg.equals("--version")) {
                    return new ClientArguments(List.of(), ClientRun.COMMANDS, Optional.of(Answer.VERSION));
                }
                take(arg);
            }
            if (tail && (executes || file.isPresent() || !commands.isEmpty())) {
                throw new IllegalArgumentException("tail takes no commands");
            }
            if (after.isPresent() && !tail) {
                throw new IllegalArgumentException("--after is for tail");
            }
            if (has("--tls-cert") != has("--tls-key")) {
                throw new IllegalArgumentException("--tls-cert and --tls-key belong together");
            }
            boolean reads = !executes && file.isEmpty() && !tail;
            ClientRun run =
                    new ClientRun(commands, file, reads, json, tail ? Optional.of(new Tail(after)) : Optional.empty());
            return new ClientArguments(settings, run, Optional.empty());
        }

        private void take(String arg) {
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String option = equals < 0 ? arg : arg.substring(0, equals);
            if (arg.startsWith(SETTING) && equals > 0) {
                settings.add(arg);
            } else if (arg.equals("join")) {
                commands.add("join " + value("join", "a name"));
            } else if (arg.equals("tail")) {
                tail = true;
            } else if (arg.equals("--json")) {
                json = true;
            } else if (arg.equals("--tls")) {
                encrypt();
            } else if (arg.startsWith("@") && arg.length() > 1) {
                file = Optional.of(Path.of(arg.substring(1)));
            } else if (option.equals("--exec") || option.equals("--after") || SETTINGS.containsKey(option)) {
                set(option, equals < 0 ? value(option, "a value") : arg.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("unknown argument: " + arg);
            }
        }

        private void set(String option, String value) {
            String key = SETTINGS.get(option);
            if (value.isBlank()) {
                throw new IllegalArgumentException(option + " needs a value");
            } else if (option.equals("--exec")) {
                executes = true;
                SEPARATOR
                        .splitAsStream(value)
                        .map(command -> command.strip().replace("\\;", ";"))
                        .filter(command -> !command.isEmpty())
                        .forEach(commands::add);
            } else if (option.equals("--after")) {
                after = OptionalLong.of(lamportTime(value));
            } else if (option.equals("--server")) {
                ServerAddress.check(value);
                setting(key, value);
            } else {
                setting(key, FILES.contains(option) ? "file:" + readable(option, value) : value);
                if (option.equals("--token-file")) {
                    readable(option, value);
                }
                if (option.equals("--tls-cert")) {
                    setting(CLIENT_CERTIFICATE, "true");
                }
                if (option.startsWith("--tls")) {
                    encrypt();
                }
            }
        }

        private void encrypt() {
            setting(SECURITY, "TLS");
        }

        private boolean has(String option) {
            return settings.stream().anyMatch(setting -> setting.startsWith("--" + SETTINGS.get(option) + "="));
        }

        private static String readable(String option, String name) {
            if (!Files.isReadable(Path.of(name))) {
                throw new IllegalArgumentException("cannot read the file of " + option + ": " + name);
            }
            return name;
        }

        /** The last one wins; Spring would make a list of them. */
        private void setting(@Nullable String key, String value) {
            String head = "--" + key + "=";
            settings.removeIf(earlier -> earlier.startsWith(head));
            settings.add(head + value);
        }

        private String value(String of, String what) {
            String value = left.poll();
            if (value == null) {
                throw new IllegalArgumentException(of + " needs " + what);
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
                // said below
            }
            throw new IllegalArgumentException("--after needs a Lamport time, not '" + text + "'");
        }
    }
}
