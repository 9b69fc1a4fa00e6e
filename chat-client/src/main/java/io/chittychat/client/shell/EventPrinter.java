package io.chittychat.client.shell;

import io.chittychat.client.render.EventLine;
import io.chittychat.client.render.NoticeLine;
import io.chittychat.session.ChatListener;
import io.chittychat.session.ConnectionState;
import io.chittychat.session.SessionEnd;
import io.chittychat.v1.Event;
import java.io.IOException;

/** Shows what a session hears. Called by the session thread only. */
public final class EventPrinter implements ChatListener {

    private final Screen screen;
    private final String server;
    private final Presence presence;
    private boolean missedSomething;

    /** A printer for a session with the service at an address. */
    public EventPrinter(Screen screen, String server, Presence presence) {
        this.screen = screen;
        this.server = server;
        this.presence = presence;
    }

    @Override
    public void received(Event event, long clock) {
        screen.show(EventLine.of(event));
    }

    @Override
    public void stateChanged(ConnectionState state) {
        switch (state) {
            case LOST -> {
                missedSomething = false;
                screen.warn(NoticeLine.lost(server));
            }
            case RESUMED -> screen.warn(NoticeLine.resumed(missedSomething));
            case CONNECTING, LIVE, CLOSED -> {}
        }
    }

    @Override
    public void missed(long after, long before) {
        missedSomething = true;
        screen.warn(NoticeLine.missed(after, before));
    }

    @Override
    public void logFailed(IOException failure) {
        screen.warn(NoticeLine.logFailed(String.valueOf(failure.getMessage())));
    }

    @Override
    public void ended(SessionEnd end) {
        presence.gone();
        NoticeLine.ended(end).ifPresent(screen::warn);
    }
}
