package io.chittychat.client.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** A terminal with keys, a line discipline and a screen, all of them JLine's. */
final class EmulatedTerminal {

    final LineDisciplineTerminal terminal;
    private final ScreenTerminal screen;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    EmulatedTerminal(int columns, int rows) throws IOException {
        screen = new ScreenTerminal(columns, rows);
        OutputStream display = new OutputStream() {
            @Override
            public synchronized void write(int b) {
                partial.write(b);
            }

            @Override
            public synchronized void flush() {
                screen.write(partial.toString(StandardCharsets.UTF_8));
                partial.reset();
            }
        };
        terminal = new LineDisciplineTerminal("emulated", "xterm-256color", display, StandardCharsets.UTF_8);
        terminal.setSize(new Size(columns, rows));
    }

    /** Presses keys. */
    void type(String keys) {
        try {
            terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void resize(int columns, int rows) {
        screen.setSize(columns, rows);
        terminal.setSize(new Size(columns, rows));
        terminal.raise(Signal.WINCH);
    }

    /** The lines on the screen, without the empty lines at the end. */
    List<String> lines() {
        return screen.toString()
                .stripTrailing()
                .lines()
                .map(String::stripTrailing)
                .toList();
    }
}
