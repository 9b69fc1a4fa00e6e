package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Can hold events back while older ones are shown. Safe for use by several threads. */
public final class HeldScreen implements Screen {

    private final Screen screen;
    private final Queue<Event> held = new ArrayDeque<>();
    private boolean holding;

    /** Shows on another screen, and holds nothing back yet. */
    public HeldScreen(Screen screen) {
        this.screen = screen;
    }

    /** Holds events back from now on. */
    public synchronized void hold() {
        holding = true;
    }

    /** Shows the events held back, and each event at once from now on. */
    public synchronized void release() {
        holding = false;
        held.forEach(screen::event);
        held.clear();
    }

    @Override
    public synchronized void event(Event event) {
        if (holding) {
            held.add(event);
        } else {
            screen.event(event);
        }
    }

    @Override
    public void show(String line) {
        screen.show(line);
    }

    @Override
    public void warn(String line) {
        screen.warn(line);
    }

    @Override
    public String line(Event event) {
        return screen.line(event);
    }

    @Override
    public List<String> lines(List<Event> events) {
        return screen.lines(events);
    }

    @Override
    public void refresh() {
        screen.refresh();
    }
}
