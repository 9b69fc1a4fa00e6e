package io.chittychat.server.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/** Drops the encoded lines of the service log, for benchmarks; nothing else is logged. */
public final class DroppedLines extends OutputStreamAppender<ILoggingEvent> {

    private static final int MUCH = 32 * 1024; // bytes

    /** Replaces all appenders of the JVM. */
    public static void attach() {
        Logger logger = (Logger) LoggerFactory.getLogger(ServiceLog.NAME);
        LoggerContext context = logger.getLoggerContext();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        logger.setLevel(Level.INFO);

        CallLineEncoder encoder = new CallLineEncoder();
        encoder.setContext(context);
        encoder.start();
        DroppedLines lines = new DroppedLines();
        lines.setContext(context);
        lines.setEncoder(encoder);
        lines.setImmediateFlush(false);
        lines.setOutputStream(new BufferedOutputStream(OutputStream.nullOutputStream(), MUCH));
        lines.start();
        logger.addAppender(lines);
    }
}
