package io.chittychat.client.config;

import io.chittychat.session.Backoff;
import io.chittychat.session.Rotation;
import io.chittychat.session.ServiceAddresses;
import io.chittychat.session.SessionSettings;
import io.chittychat.text.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The client's settings; {@code application.yml} says what each is for.
 *
 * @param server HOST:PORT of the service, or several, as {@link ServiceAddresses#of} reads them
 * @param shuffle whether several addresses are tried in a random order
 * @param name the name of a join without one; null or blank for none
 * @param token the token for joining; null or blank for none
 * @param tokenFile a file with the token; null or blank for none
 * @param tlsBundle the SSL bundle of Spring Boot for TLS; null or blank for none
 * @param logDir the directory of the participants' logs
 * @param logMaxSize the size at which a log is rotated
 * @param logOldFiles the number of rotated files that are kept
 * @param stateDir the directory of the input history
 * @param bell whether the terminal rings when a message contains the user's name
 * @param callDeadline for one attempt of a call
 * @param requestDeadline for a join, leave or list over all its attempts
 * @param publishDeadline for a publish of a script over all its attempts
 * @param typedDeadline for a publish at a terminal over all its attempts
 * @param farewell how long to wait for the service when the program ends
 * @param reconnect waits between attempts
 * @param interactive whether a user is at a terminal; set by the program itself
 */
@ConfigurationProperties("chitty.client")
public record ClientProperties(
        String server,
        boolean shuffle,
        @Nullable String name,
        @Nullable Secret token,
        @Nullable String tokenFile,
        @Nullable String tlsBundle,
        Path logDir,
        DataSize logMaxSize,
        int logOldFiles,
        Path stateDir,
        boolean bell,
        Duration callDeadline,
        Duration requestDeadline,
        Duration publishDeadline,
        Duration typedDeadline,
        Duration farewell,
        Reconnect reconnect,
        boolean interactive) {

    /**
     * Waits between attempts.
     *
     * @param initial the longest wait before the first repetition
     * @param max the longest wait
     */
    public record Reconnect(Duration initial, Duration max) {}

    /** @throws IllegalArgumentException if a setting is not possible, with a message for the user */
    public ClientProperties {
        ServiceAddresses.of(server);
        requirePositive("call-deadline", callDeadline);
        requirePositive("request-deadline", requestDeadline);
        requirePositive("publish-deadline", publishDeadline);
        requirePositive("typed-deadline", typedDeadline);
        requirePositive("reconnect.initial", reconnect.initial());
        requirePositive("reconnect.max", reconnect.max());
        require(logMaxSize.toBytes() > 0, "log-max-size", logMaxSize, "a size, such as 10MB");
        require(logOldFiles >= 0, "log-old-files", logOldFiles, "0 or more, such as 5");
        require(!farewell.isNegative(), "farewell", farewell, "a duration, such as 2s; 0s does not wait");
    }

    private static void requirePositive(String setting, Duration value) {
        require(value.compareTo(Duration.ZERO) > 0, setting, value, "a duration of more than nothing, such as 5s");
    }

    private static void require(boolean possible, String setting, Object value, String instead) {
        if (!possible) {
            throw new IllegalArgumentException(
                    "chitty.client.%s=%s is not possible: write %s".formatted(setting, value, instead));
        }
    }

    ServiceAddresses addresses() {
        return shuffle ? ServiceAddresses.of(server) : ServiceAddresses.inOrder(server);
    }

    Optional<String> ownName() {
        return Optional.ofNullable(name).map(String::strip).filter(given -> !given.isEmpty());
    }

    /** Supplies the token for each join, and reads a file anew each time. */
    Optional<Supplier<String>> tokenSource() {
        if (tokenFile != null && !tokenFile.isBlank()) {
            Path file = Path.of(tokenFile);
            return Optional.of(() -> read(file));
        }
        return Optional.ofNullable(token)
                .filter(given -> !given.value().isBlank())
                .map(given -> given::value);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    Optional<String> bundle() {
        return Optional.ofNullable(tlsBundle).filter(given -> !given.isBlank());
    }

    Rotation rotation() {
        return new Rotation(logMaxSize.toBytes(), logOldFiles);
    }

    SessionSettings sessionSettings() {
        return new SessionSettings(
                callDeadline,
                requestDeadline,
                interactive ? typedDeadline : publishDeadline,
                new Backoff(reconnect.initial(), reconnect.max()),
                true);
    }
}
