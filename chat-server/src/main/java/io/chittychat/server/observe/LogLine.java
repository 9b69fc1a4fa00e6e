package io.chittychat.server.observe;

import io.chittychat.text.Excerpt;
import io.chittychat.text.Logfmt;
import io.chittychat.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** A line of the service log while it is put together: go on with what the methods return. */
sealed interface LogLine {

    /** How much of a foreign text is logged, in code points: more than any participant's name has. */
    int MAX_TEXT = 64;

    /** Appends foreign text, of which no more than {@link #MAX_TEXT} is shown. */
    LogLine with(String key, String value);

    /** Appends a number. */
    LogLine with(String key, long value);

    /** Writes the line to a logger. */
    void write(Logger logger);

    /** The message is the line, in logfmt. */
    record Text(Logfmt line) implements LogLine {

        Text() {
            this(new Logfmt());
        }

        @Override
        public LogLine with(String key, String value) {
            line.with(key, Excerpt.of(value, MAX_TEXT));
            return this;
        }

        @Override
        public LogLine with(String key, long value) {
            line.with(key, value);
            return this;
        }

        @Override
        public void write(Logger logger) {
            logger.info(line.toString());
        }
    }

    /**
     * Keys and values go to the logger one by one, which makes fields of them. What the line is about is the message, too.
     * What happened is named as the Elastic Common Schema wants it, in which {@code event} is an object.
     */
    record Fields(LoggingEventBuilder event, String about) implements LogLine {

        Fields(Logger logger, String about) {
            this(logger.atInfo(), about);
        }

        @Override
        public LogLine with(String key, String value) {
            String field = key.equals("event") ? "event.action" : key;
            return new Fields(event.addKeyValue(field, SafeText.of(Excerpt.of(value, MAX_TEXT))), about);
        }

        @Override
        public LogLine with(String key, long value) {
            return new Fields(event.addKeyValue(key, value), about);
        }

        @Override
        public void write(Logger logger) {
            event.log(about);
        }
    }
}
