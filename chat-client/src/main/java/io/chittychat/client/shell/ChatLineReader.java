package io.chittychat.client.shell;

import io.chittychat.text.MessageText;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A line reader that asks for its prompt each time it draws the line, so the prompt is always current. It does not accept
 * a message that is too long; the user can shorten it.
 *
 * <p>Threading: one thread reads; any thread may print above or refresh, under JLine's lock.
 */
public final class ChatLineReader extends LineReaderImpl {

    private final Function<String, Optional<String>> messages;
    private final IntFunction<AttributedString> source;

    /**
     * A reader.
     *
     * @param messages the message that a line would publish; empty for a command
     * @param prompt the prompt for a message of so many code points
     */
    public ChatLineReader(
            Terminal terminal, Function<String, Optional<String>> messages, IntFunction<AttributedString> prompt)
            throws IOException {
        super(terminal, "Chitty-Chat");
        this.messages = messages;
        this.source = prompt;
    }

    /** Draws the prompt again, if one is shown. */
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
                prompt = source.apply(length()); // JLine empties it at the end of the line
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
        printAbove("Not sent: " + length + " characters, " + (length - MessageText.MAX_CODE_POINTS)
                + " too many. Shorten the message, or press Ctrl-C to drop it.");
        return false;
    }

    private int length() {
        return messages.apply(buf.toString()).map(MessageText::length).orElse(0);
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
     * Draws the prompt and the line after a change of the terminal's size. JLine would compute the cursor's place from the
     * old width, and leave old lines of the prompt behind or overwrite the lines above it.
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
