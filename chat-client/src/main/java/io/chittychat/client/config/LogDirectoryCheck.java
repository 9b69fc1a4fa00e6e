package io.chittychat.client.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Makes sure that logs can be written before anything writes them: the logging system would fill the terminal with it. */
public final class LogDirectoryCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /**
     * Creates the directory.
     *
     * @throws AbandonedRunException if it cannot be created or written to, caused by an IllegalArgumentException with a
     *     message for the user; any other exception would be printed with its stack
     */
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Path directory = Path.of(event.getEnvironment().getRequiredProperty("chitty.client.log-dir"));
        if (!isUsable(directory)) {
            AbandonedRunException abandoned = new AbandonedRunException();
            abandoned.initCause(new IllegalArgumentException(
                    "cannot write logs to '" + directory + "'; choose another directory: --log-dir DIR"));
            throw abandoned;
        }
    }

    private static boolean isUsable(Path directory) {
        try {
            return Files.isWritable(Files.createDirectories(directory));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }
}
