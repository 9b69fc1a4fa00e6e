package io.chittychat.client.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Checks the log directory before the logging system does, which would fill the terminal with a stack trace. */
public final class LogDirectoryCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /**
     * Creates the directory.
     *
     * @throws AbandonedRunException if the directory cannot be created or written to. Its cause is an
     *     IllegalArgumentException with a message for the user. Spring would print the stack trace of any other exception.
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
