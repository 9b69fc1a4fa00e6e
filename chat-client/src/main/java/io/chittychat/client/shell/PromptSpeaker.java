package io.chittychat.client.shell;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.session.ChatException;
import io.chittychat.session.ChatSession;
import io.chittychat.text.SafeText;

/**
 * Says things without making anybody wait: what was said stands at the prompt until it is seen in the chat, and is
 * reported if it is not going to be.
 */
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
        Object said = situation.said(text);
        session.publish(text).whenComplete((published, failure) -> {
            if (failure == null) {
                situation.ordered(said, published.lamportTime());
                session.receivedUpTo(published.lamportTime()).whenComplete((reached, lost) -> seen(said));
            } else {
                situation.settled(said);
                screen.warn(refusal(text, failure));
            }
            screen.refresh();
        });
    }

    /** It was shown when it was received, or the session ended first. */
    private void seen(Object said) {
        situation.settled(said);
        screen.refresh();
    }

    private String refusal(String text, Throwable failure) {
        String why = failure instanceof ChatException known ? ErrorLine.of(known, server) : String.valueOf(failure);
        return "✗ " + SafeText.of(text) + "\n  " + why;
    }
}
