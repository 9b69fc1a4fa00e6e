package io.chittychat.client.config;

import io.chittychat.session.Backoff;
import io.chittychat.session.Rotation;
import io.chittychat.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The client's settings; {@code application.yml} says what each is for.
 *
 * @param server HOST:PORT of the service
 * @param name who joins if one does not say; null or blank for nobody
 * @param logDir directory of the participants' logs
 * @param logMaxSize a log is put aside before it becomes longer
 * @param logOldFiles how many of those are kept
 * @param stateDir directory of what was typed before
 * @param bell whether the terminal rings when somebody says one's name
 * @param callDeadline for one attempt of a call
 * @param requestDeadline for a join, leave or list over all its attempts
 * @param publishDeadline for a publish of a script over all its attempts
 * @param typedDeadline for a publish of somebody at a terminal over all its attempts
 * @param farewell how long to wait for the service when the program ends
 * @param reconnect waits between attempts
 * @param interactive whether a human sits at a terminal; set by the program itself
 */
@ConfigurationProperties("chitty.client")
public record ClientProperties(
        String server,
        @Nullable String name,
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
     * @param initial the longest wait before the first
     * @param max the longest wait of all
     */
    public record Reconnect(Duration initial, Duration max) {}

    /** @throws IllegalArgumentException if the server is not HOST:PORT */
    public ClientProperties {
        ServerAddress.check(server);
    }

    Optional<String> ownName() {
        return Optional.ofNullable(name).map(String::strip).filter(given -> !given.isEmpty());
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
