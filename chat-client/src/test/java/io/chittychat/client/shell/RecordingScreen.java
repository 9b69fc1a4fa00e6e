package io.chittychat.client.shell;

import io.chittychat.client.render.EventLine;
import io.chittychat.v1.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the lines. Safe for use by several threads. */
public final class RecordingScreen implements Screen {

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    /** The events and the output of commands. */
    public List<String> shown() {
        return List.copyOf(shown);
    }

    /** The errors and notices. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Forgets all lines. */
    public void clear() {
        shown.clear();
        warnings.clear();
    }

    @Override
    public void event(Event event) {
        show(line(event));
    }

    @Override
    public void show(String line) {
        shown.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public String line(Event event) {
        return EventLine.of(event);
    }
}
