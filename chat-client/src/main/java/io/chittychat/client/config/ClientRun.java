package io.chittychat.client.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The work of a run of the client.
 *
 * @param commands run first
 * @param file has the commands that run next; empty for none
 * @param reads whether commands are then read from the terminal or standard input
 * @param json whether events are shown as JSON
 * @param tail how to follow the chat instead of running commands; empty to run commands
 */
public record ClientRun(List<String> commands, Optional<Path> file, boolean reads, boolean json, Optional<Tail> tail) {

    /** Runs commands from the terminal or standard input. */
    public static final ClientRun COMMANDS = new ClientRun(List.of(), Optional.empty(), true, false, Optional.empty());

    /**
     * How to follow the chat.
     *
     * @param after show events after this Lamport time; empty for those from the join on
     */
    public record Tail(OptionalLong after) {}

    public ClientRun {
        commands = List.copyOf(commands);
    }

    /** Whether the run is a conversation, if there is a terminal. */
    public boolean isConversation() {
        return reads && tail.isEmpty() && !json;
    }
}
