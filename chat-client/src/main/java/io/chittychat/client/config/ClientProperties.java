package io.chittychat.client.config;

import io.chittychat.session.Backoff;
import io.chittychat.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The client's settings; {@code application.yml} says what each is for.
 *
 * @param server HOST:PORT of the service
 * @param logDir directory of the participants' logs
 * @param callDeadline for one attempt of a call
 * @param requestDeadline for a join, leave or list over all its attempts
 * @param publishDeadline for a publish over all its attempts
 * @param farewell how long to wait for the service when the program ends
 * @param reconnect waits between attempts
 * @param interactive whether a human sits at a terminal; set by the program itself
 */
@ConfigurationProperties("chitty.client")
public record ClientProperties(
        String server,
        Path logDir,
        Duration callDeadline,
        Duration requestDeadline,
        Duration publishDeadline,
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

    SessionSettings sessionSettings() {
        return new SessionSettings(
                callDeadline,
                requestDeadline,
                publishDeadline,
                new Backoff(reconnect.initial(), reconnect.max()),
                true);
    }
}
