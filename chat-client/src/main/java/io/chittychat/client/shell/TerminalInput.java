package io.chittychat.client.shell;

import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputProvider;

/**
 * Reads lines at the prompt. Ctrl-C drops the line, or stops waiting for a command. Ctrl-C twice, or Ctrl-D on an empty
 * line, ends the input. Used by one thread.
 */
public final class TerminalInput implements InputProvider {

    private final LineReader reader;
    private final Screen screen;
    private boolean armed;

    /** Reads from a line reader. */
    public TerminalInput(LineReader reader, Screen screen) {
        this.reader = reader;
        this.screen = screen;
    }

    @Override
    public @Nullable String readInput() {
        // While a command runs, Ctrl-C interrupts it.
        Thread shell = Thread.currentThread();
        reader.getTerminal().handle(Signal.INT, signal -> shell.interrupt());
        while (true) {
            try {
                String line = reader.readLine();
                armed = false;
                return line;
            } catch (UserInterruptException e) {
                if (!e.getPartialLine().isEmpty()) {
                    armed = false;
                } else if (armed) {
                    return null;
                } else {
                    armed = true;
                    screen.warn("* To leave the chat and end, press Ctrl-C once more, or Ctrl-D.");
                }
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }
}
