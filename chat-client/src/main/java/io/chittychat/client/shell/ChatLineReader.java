package io.chittychat.client.shell;

import io.chittychat.text.MessageText;
import java.io.IOException;
import java.util.function.IntFunction;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A line reader whose prompt is alive: it is asked for whenever the line is drawn. A message that is too long is not
 * taken; it stays to be shortened.
 *
 * <p>Threading: one thread reads; any may print above or refresh, which JLine's lock orders.
 */
public final class ChatLineReader extends LineReaderImpl {

    private final MessageRule rule;
    private final IntFunction<AttributedString> source;

    /**
     * A reader.
     *
     * @param rule what of a line is a message
     * @param prompt the prompt, given the length in code points of the message that is being typed
     */
    public ChatLineReader(Terminal terminal, MessageRule rule, IntFunction<AttributedString> prompt)
            throws IOException {
        super(terminal, "Chitty-Chat");
        this.rule = rule;
        this.source = prompt;
    }

    /** Draws the prompt anew, if one is shown. */
    void refresh() {
        lock.lock();
        try {
            if (reading && !terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                redisplay(true);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void redisplay(boolean flush) {
        lock.lock();
        try {
            if (reading) {
                prompt = source.apply(length()); // at the end JLine itself empties it
            }
            super.redisplay(flush);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected boolean acceptLine() {
        int length = length();
        if (length <= MessageText.MAX_CODE_POINTS) {
            return super.acceptLine();
        }
        printAbove("Not sent: " + length + " characters, and " + MessageText.MAX_CODE_POINTS
                + " are the most. Shorten it, or press Ctrl-C to drop it.");
        return false;
    }

    private int length() {
        return rule.message(buf.toString()).map(MessageText::length).orElse(0);
    }

    @Override
    protected void handleSignal(Signal signal) {
        if (signal == Signal.WINCH) {
            drawAgain();
        } else {
            super.handleSignal(signal);
        }
    }

    /**
     * After a change of size. JLine's own way reckons with the old width where the cursor was, and leaves behind what the
     * prompt has above the line of the cursor, or eats the lines above it.
     */
    private void drawAgain() {
        lock.lock();
        try {
            int columns = Math.max(1, terminal.getWidth());
            AttributedString upToCursor =
                    AttributedString.join(AttributedString.EMPTY, prompt, new AttributedString(buf.upToCursor()));
            int rows = upToCursor.columnSplitLength(Integer.MAX_VALUE).stream()
                    .mapToInt(line -> Math.max(1, (line.columnLength() + columns - 1) / columns))
                    .sum();
            for (int i = 1; i < rows; i++) {
                terminal.puts(Capability.cursor_up);
            }
            terminal.puts(Capability.carriage_return);
            terminal.puts(Capability.clr_eos);
            size.copy(terminal.getBufferSize());
            display = new Display(terminal, false);
            display.resize(size.getRows(), size.getColumns());
            redisplay(true);
        } finally {
            lock.unlock();
        }
    }
}
