package io.chittychat.client.shell;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputProvider;

/** Gives prepared lines first, then the lines of another input. Used by one thread. */
public final class PreparedInput implements InputProvider {

    private final Queue<String> prepared;
    private final InputProvider then;

    /** The prepared lines, then those of the other input. */
    public PreparedInput(List<String> prepared, InputProvider then) {
        this.prepared = new ArrayDeque<>(prepared);
        this.then = then;
    }

    @Override
    public @Nullable String readInput() throws Exception {
        String next = prepared.poll();
        return next == null ? then.readInput() : next;
    }
}
