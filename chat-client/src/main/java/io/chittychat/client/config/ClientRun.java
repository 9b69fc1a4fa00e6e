package io.chittychat.client.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run of the client does.
 *
 * @param commands first of all
 * @param file commands after that; empty for none
 * @param reads whether commands are read from the terminal, or standard input, after that
 * @param json whether events are shown as JSON
 * @param tail what to follow instead of taking commands; empty to take commands
 */
public record ClientRun(List<String> commands, Optional<Path> file, boolean reads, boolean json, Optional<Tail> tail) {

    /** Commands from the terminal, or standard input. */
    public static final ClientRun COMMANDS = new ClientRun(List.of(), Optional.empty(), true, false, Optional.empty());

    /**
     * Following the chat.
     *
     * @param after events after this Lamport time; empty for those from the join on
     */
    public record Tail(OptionalLong after) {}

    public ClientRun {
        commands = List.copyOf(commands);
    }

    /** Whether a human may be asked. */
    public boolean isConversation() {
        return reads && tail.isEmpty() && !json;
    }
}
