package io.chittychat.client.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The options of the command line: their names, their settings, and their lines of the help. */
enum ClientOption {
    SERVER("--server", "HOST:PORT", "chitty.client.server", "address, or several: A:1,B:2; default localhost:9090"),
    NAME("--name", "NAME", "chitty.client.name", "name to join under, if join has none"),
    EXEC("--exec", "COMMANDS", "", "run the commands, then end; \\; is text; repeatable"),
    JSON("--json", "", "", "print each event as a JSON object on one line"),
    AFTER("--after", "L", "", "tail: print the events after Lamport time L first"),
    TOKEN_FILE("--token-file", "FILE", "chitty.client.token-file", "token for joining; or set CHITTY_CLIENT_TOKEN"),
    TLS("--tls", "", "", "encrypt; trust the same certificates as Java does"),
    TLS_CA("--tls-ca", "FILE", Key.SECURITY + "trust-cert-collection", "encrypt; trust these certificates (PEM)"),
    TLS_CERT("--tls-cert", "FILE", Key.SECURITY + "certificate-chain", "encrypt; present this certificate (PEM)"),
    TLS_KEY("--tls-key", "FILE", Key.SECURITY + "private-key", "key of the presented certificate (PEM)"),
    TLS_AUTHORITY(
            "--tls-authority", "HOST", Key.SECURITY + "authority-override", "encrypt; expect a certificate for HOST"),
    LOG_DIR("--log-dir", "DIR", "chitty.client.log-dir", "directory of participant-NAME.log; default logs"),
    CONFIG("--config", "FILE", "spring.config.additional-location", "read more settings (YAML)"),
    HELP("--help", "", "", "print this and end; also -h"),
    VERSION("--version", "", "", "print the version and end");

    private static final class Key {
        private static final String SECURITY = "grpc.client.chat.security.";

        private Key() {}
    }

    private static final int MOST_EDITS = 2;
    private static final int DESCRIPTION_COLUMN = 26;

    private final String word;
    private final String value;
    private final String setting;
    private final String description;

    ClientOption(String word, String value, String setting, String description) {
        this.word = word;
        this.value = value;
        this.setting = setting;
        this.description = description;
    }

    /** The option with a name. */
    static Optional<ClientOption> named(String word) {
        for (ClientOption option : values()) {
            if (option.word.equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** The option that an abbreviated or misspelled name probably means. */
    static Optional<ClientOption> nearest(String word) {
        return Arrays.stream(values())
                .filter(option ->
                        (word.length() > 3 && option.word.startsWith(word)) || edits(word, option.word) <= MOST_EDITS)
                .min(Comparator.comparingInt(option -> edits(word, option.word)));
    }

    /** The Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] before = new int[to.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int[] now = new int[to.length() + 1];
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[to.length()];
    }

    String word() {
        return word;
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    boolean isForTls() {
        return word.startsWith(TLS.word);
    }

    /** Whether its value is the name of a file that must be readable. */
    boolean isFile() {
        return value.equals("FILE");
    }

    /** Whether the setting is a resource of Spring. */
    boolean isResource() {
        return isFile() && this != TOKEN_FILE;
    }

    /** The key of the setting; empty if the option has none. */
    String setting() {
        return setting;
    }

    /** Appends the option's line of the help. */
    void appendTo(StringBuilder help) {
        int begin = help.length();
        help.append("  ").append(word).append(' ').append(value);
        while (help.length() - begin < DESCRIPTION_COLUMN) {
            help.append(' ');
        }
        help.append(description).append('\n');
    }
}
