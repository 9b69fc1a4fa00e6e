package io.chittychat.client.shell;

import org.jline.reader.LineReader;

/** Shows lines above the one that is being typed, which stays as it is. */
public final class TerminalScreen implements Screen {

    private final LineReader reader;

    /** A screen above a line reader's prompt. */
    public TerminalScreen(LineReader reader) {
        this.reader = reader;
    }

    @Override
    public void show(String line) {
        reader.printAbove(line);
    }

    @Override
    public void warn(String line) {
        reader.printAbove(line);
    }
}
