package io.chittychat.client.shell;

import java.util.Optional;

/** What of a line that is typed would be said. */
@FunctionalInterface
public interface MessageRule {

    /** The message; empty if the line is a command, or nobody would hear it. */
    Optional<String> message(String line);
}
