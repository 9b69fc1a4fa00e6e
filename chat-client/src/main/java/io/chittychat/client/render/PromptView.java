package io.chittychat.client.render;

import io.chittychat.client.render.Standing.Link;
import io.chittychat.client.render.Standing.Waiting;
import io.chittychat.text.MessageText;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * What stands around the input line: above it what was said and has no Lamport time yet, and a line with one's name, the
 * connection and the clock; before it a sign that one may type.
 */
public final class PromptView {

    /** All that stands around the input line where nothing can be drawn twice. */
    public static final AttributedString DUMB = new AttributedString("> ");

    /** From this many code points on the count is shown. */
    private static final int COUNT_FROM = MessageText.MAX_CODE_POINTS - 28;

    private static final int SHOWN = 4;
    private static final int GREEN = 28;
    private static final int AMBER = 130;
    private static final int RED = 160;

    private PromptView() {}

    /**
     * Everything up to the place where one types. All lines but the last end with a line end and fit the terminal.
     *
     * @param length of the message that is being typed, in code points
     */
    public static AttributedString of(Standing standing, int length, Look look) {
        AttributedStringBuilder prompt = new AttributedStringBuilder();
        List<Waiting> waiting = standing.waiting();
        for (Waiting said : waiting.subList(0, Math.min(SHOWN, waiting.size()))) {
            String mark = said.lamportTime().map(time -> "L" + time).orElse("…");
            prompt.append(ConversationLine.pending(standing.name().orElse(""), mark, said.text(), look));
            prompt.append('\n');
        }
        prompt.append(status(standing, length, look)).append('\n');
        return prompt.styled(Look.LOUD, "> ").toAttributedString();
    }

    private static AttributedString status(Standing standing, int length, Look look) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(Look.QUIET, "── ");
        if (length >= COUNT_FROM) {
            line.append(count(length, look)).append(' ');
        }
        standing.name()
                .ifPresent(name -> line.styled(
                                look.name(name).bold(), Columns.clip(Columns.tame(name), Math.max(4, look.width() / 3)))
                        .append(' '));
        line.append(link(standing, look));
        line.styled(Look.QUIET, " · clock " + standing.clock());
        int waiting = standing.waiting().size();
        if (waiting > 0) {
            line.styled(look.colored(AMBER, AttributedStyle.DEFAULT), " · " + waiting + " waiting");
        }
        AttributedString whole = line.toAttributedString();
        return whole.columnLength() < look.width() ? whole : whole.columnSubSequence(0, Math.max(1, look.width() - 1));
    }

    private static AttributedString count(int length, Look look) {
        int left = MessageText.MAX_CODE_POINTS - length;
        String text = length + "/" + MessageText.MAX_CODE_POINTS;
        return left < 0
                ? new AttributedString(" " + text + " too long ", look.colored(RED, AttributedStyle.BOLD.inverse()))
                : new AttributedString(text, look.colored(left < 10 ? RED : AMBER, AttributedStyle.BOLD));
    }

    private static AttributedString link(Standing standing, Look look) {
        Link link = standing.link();
        return switch (link) {
            case OUTSIDE -> new AttributedString("not in the chat · " + Columns.tame(standing.server()), Look.QUIET);
            case JOINING -> new AttributedString("connecting", look.colored(AMBER, AttributedStyle.DEFAULT));
            case LIVE -> new AttributedString("live", look.colored(GREEN, AttributedStyle.DEFAULT));
            case LOST -> new AttributedString("reconnecting", look.colored(RED, AttributedStyle.BOLD));
        };
    }
}
