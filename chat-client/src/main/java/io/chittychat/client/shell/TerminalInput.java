package io.chittychat.client.shell;

import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputProvider;

/** Lines typed at the prompt. Ctrl-C and Ctrl-D end the input. */
public final class TerminalInput implements InputProvider {

    private final LineReader reader;
    private final Supplier<String> prompt;

    /** Input from a line reader; the prompt is asked for before each line. */
    public TerminalInput(LineReader reader, Supplier<String> prompt) {
        this.reader = reader;
        this.prompt = prompt;
    }

    @Override
    public @Nullable String readInput() {
        try {
            return reader.readLine(prompt.get());
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }
}
