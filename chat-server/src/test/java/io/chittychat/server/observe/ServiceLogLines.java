package io.chittychat.server.observe;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects the lines of the service log, without what the layout puts before them. */
public final class ServiceLogLines extends AppenderBase<ILoggingEvent> {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Begins to collect. To be called when the service has set logging up, which removes whoever was there before. */
    public void attach() {
        start();
        ((Logger) LoggerFactory.getLogger(ServiceLog.NAME)).addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    /** Those that begin with something, in their order. */
    public List<String> beginningWith(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).toList();
    }
}
