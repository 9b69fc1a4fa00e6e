package io.chittychat.client.shell;

import io.chittychat.client.render.NoticeLine;
import io.chittychat.client.render.Standing.Link;
import io.chittychat.session.ChatListener;
import io.chittychat.session.ConnectionState;
import io.chittychat.session.Joined;
import io.chittychat.session.SessionEnd;
import io.chittychat.v1.Event;
import java.io.IOException;

/** Shows what a session receives, and keeps situation and roster current. Called by the session thread only. */
public final class EventPrinter implements ChatListener {

    private final Screen screen;
    private final Situation situation;
    private final Roster roster;
    private boolean missedSomething;

    /** A printer on a screen. */
    public EventPrinter(Screen screen, Situation situation, Roster roster) {
        this.screen = screen;
        this.situation = situation;
        this.roster = roster;
    }

    @Override
    public void received(Event event, long clock) {
        situation.seen(event);
        roster.seen(event);
        screen.event(event);
    }

    @Override
    public void caughtUp(long lamportTime, long clock) {
        screen.refresh();
    }

    @Override
    public void stateChanged(ConnectionState state) {
        switch (state) {
            case CONNECTING -> situation.linkIs(Link.JOINING);
            case LIVE -> situation.linkIs(Link.LIVE);
            case LOST -> {
                missedSomething = false;
                situation.linkIs(Link.LOST);
                screen.warn(NoticeLine.lost(situation.place()));
            }
            case RESUMED -> {
                situation.linkIs(Link.LIVE);
                screen.warn(NoticeLine.resumed(situation.address(), missedSomething));
            }
            case CLOSED -> situation.linkIs(Link.OUTSIDE);
        }
        screen.refresh();
    }

    @Override
    public void missed(long after, long before) {
        missedSomething = true;
        screen.warn(NoticeLine.missed(after, before));
    }

    @Override
    public void rejoined(Joined joined, long after) {
        screen.warn(NoticeLine.rejoined(joined, after));
    }

    @Override
    public void logFailed(IOException failure) {
        screen.warn(NoticeLine.logFailed(String.valueOf(failure.getMessage())));
    }

    @Override
    public void ended(SessionEnd end) {
        situation.gone();
        NoticeLine.ended(end).ifPresent(screen::warn);
        screen.refresh();
    }
}
