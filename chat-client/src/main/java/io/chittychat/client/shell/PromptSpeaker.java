package io.chittychat.client.shell;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.client.shell.Situation.Pending;
import io.chittychat.session.ChatException;
import io.chittychat.session.ChatSession;
import io.chittychat.text.SafeText;

/** Publishes without blocking the prompt. A message waits above the prompt until its event arrives; a failure is shown. */
public final class PromptSpeaker implements Speaker {

    private final ChatSession session;
    private final Situation situation;
    private final Screen screen;
    private final String server;

    /**
     * A speaker.
     *
     * @param server the address that error messages name
     */
    public PromptSpeaker(ChatSession session, Situation situation, Screen screen, String server) {
        this.session = session;
        this.situation = situation;
        this.screen = screen;
        this.server = server;
    }

    @Override
    public void say(String text) {
        if (!situation.isInChat()) {
            throw ChatException.notJoined();
        }
        Pending pending = situation.said(text);
        session.publish(text).whenComplete((published, failure) -> {
            if (failure == null) {
                situation.ordered(pending, published.lamportTime());
                session.receivedUpTo(published.lamportTime()).whenComplete((reached, lost) -> seen(pending));
            } else {
                situation.settled(pending);
                screen.warn(refusal(text, failure));
            }
            screen.refresh();
        });
    }

    /** The event has arrived, or the session has ended. */
    private void seen(Pending pending) {
        situation.settled(pending);
        screen.refresh();
    }

    private String refusal(String text, Throwable failure) {
        String why = failure instanceof ChatException known ? ErrorLine.of(known, server) : String.valueOf(failure);
        return "✗ " + SafeText.of(text) + "\n  " + why;
    }
}
