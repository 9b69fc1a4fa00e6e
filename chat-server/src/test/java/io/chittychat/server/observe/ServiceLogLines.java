package io.chittychat.server.observe;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects the messages of the service log, without the prefix of the layout. */
public final class ServiceLogLines extends AppenderBase<ILoggingEvent> {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Begins to collect. Call it after the service has set up logging, which removes earlier appenders. */
    public void attach() {
        start();
        ((Logger) LoggerFactory.getLogger(ServiceLog.NAME)).addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    /** The lines with a given beginning, in order. */
    public List<String> beginningWith(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).toList();
    }
}
