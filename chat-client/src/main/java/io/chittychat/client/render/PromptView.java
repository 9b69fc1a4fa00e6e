package io.chittychat.client.render;

import io.chittychat.client.render.Standing.Link;
import io.chittychat.client.render.Standing.Waiting;
import io.chittychat.text.MessageText;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The text around the input line: above it the waiting messages and a line with the user's name, the connection and the
 * clock, before it the prompt sign.
 */
public final class PromptView {

    /** The count is shown from this many code points on. */
    private static final int COUNT_FROM = MessageText.MAX_CODE_POINTS - 28;

    private static final int SHOWN = 4;
    private static final int GREEN = 28;
    private static final int AMBER = 130;
    private static final int RED = 160;

    private PromptView() {}

    /**
     * The text before the input. All lines but the last have a line end and fit the terminal.
     *
     * @param length the length of the typed message, in code points
     */
    public static AttributedString of(Standing standing, int length, TerminalLook look) {
        AttributedStringBuilder prompt = new AttributedStringBuilder();
        List<Waiting> waiting = standing.waiting();
        for (Waiting said : waiting.subList(0, Math.min(SHOWN, waiting.size()))) {
            String mark = said.lamportTime().map(time -> "L" + time).orElse("…");
            prompt.append(ConversationLine.pending(standing.name().orElse(""), mark, said.text(), look));
            prompt.append('\n');
        }
        prompt.append(status(standing, length, look)).append('\n');
        return prompt.styled(TerminalLook.LOUD, "> ").toAttributedString();
    }

    private static AttributedString status(Standing standing, int length, TerminalLook look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(TerminalLook.QUIET, "── ");
        if (length >= COUNT_FROM) {
            line.append(count(length, look)).append(' ');
        }
        standing.name()
                .ifPresent(name -> line.styled(
                                look.name(name).bold(),
                                TerminalText.clip(TerminalText.tame(name), Math.max(4, look.width() / 3)))
                        .append(' '));
        line.append(link(standing, look));
        line.styled(TerminalLook.QUIET, " · clock " + standing.clock());
        int waiting = standing.waiting().size();
        if (waiting > 0) {
            line.styled(look.colored(AMBER, AttributedStyle.DEFAULT), " · " + waiting + " waiting");
        }
        AttributedString whole = line.toAttributedString();
        return whole.columnLength() < look.width() ? whole : whole.columnSubSequence(0, Math.max(1, look.width() - 1));
    }

    private static AttributedString count(int length, TerminalLook look) {
        int left = MessageText.MAX_CODE_POINTS - length;
        String text = length + "/" + MessageText.MAX_CODE_POINTS;
        return left < 0
                ? new AttributedString(" " + text + " too long ", look.colored(RED, AttributedStyle.BOLD.inverse()))
                : new AttributedString(text, look.colored(left < 10 ? RED : AMBER, AttributedStyle.BOLD));
    }

    private static AttributedString link(Standing standing, TerminalLook look) {
        Link link = standing.link();
        return switch (link) {
            case OUTSIDE ->
                new AttributedString("not in the chat · " + TerminalText.tame(standing.server()), TerminalLook.QUIET);
            case JOINING -> new AttributedString("connecting", look.colored(AMBER, AttributedStyle.DEFAULT));
            case LIVE -> new AttributedString("live", look.colored(GREEN, AttributedStyle.DEFAULT));
            case LOST -> new AttributedString("reconnecting", look.colored(RED, AttributedStyle.BOLD));
        };
    }
}
