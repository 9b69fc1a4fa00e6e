package io.chittychat.server.observe;

import io.chittychat.text.Excerpt;
import io.chittychat.text.Logfmt;
import io.chittychat.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Builds a line of the service log. Use the returned object after each call, as the receiver may be used up. */
sealed interface LogLine {

    /** The most code points of a client's text that are logged; more than any participant's name has. */
    int MAX_TEXT = 64;

    /** Appends a text of a client, cut to {@link #MAX_TEXT}. */
    LogLine with(String key, String value);

    /** Appends a number. */
    LogLine with(String key, long value);

    /** Writes the line to a logger. */
    void write(Logger logger);

    /** Writes the line as the message, in logfmt. */
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
     * Passes keys and values to the logger, which writes them as fields. The first value is the message, too. The key
     * {@code event} becomes {@code event.action}, because {@code event} is an object in the Elastic Common Schema.
     *
     * @param about the message
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
