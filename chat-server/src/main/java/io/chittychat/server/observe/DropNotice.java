package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Makes the line that reports how many lines of an output are missing in its place. It has the format of the log, but
 * is not logged, because it would then be queued behind the lines that wait.
 *
 * <p>Threading: any thread.
 */
final class DropNotice {

    private static final String APPENDER = "CONSOLE";

    byte[] of(long lines) {
        String text =
                lines + " lines are missing here: nothing read this output, so its oldest waiting lines were dropped";
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
                        instanceof OutputStreamAppender<ILoggingEvent> appender
                && appender.isStarted()) {
            return appender.getEncoder().encode(event(context.getLogger("chitty"), text, lines));
        }
        return (text + System.lineSeparator()).getBytes(UTF_8);
    }

    private static LoggingEvent event(Logger logger, String text, long lines) {
        LoggingEvent event = new LoggingEvent(DropNotice.class.getName(), logger, Level.WARN, text, null, null);
        event.addKeyValuePair(new KeyValuePair("lines", lines));
        return event;
    }
}
