package io.chittychat.client.shell;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.session.ChatException;
import io.chittychat.text.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.ShellRunner;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Runs one command after the other until the input or a command ends the run. Unlike Spring Shell's own runners it treats
 * a terminal and a pipe alike, and remembers the first failure.
 */
public final class ChatShellRunner implements ShellRunner {

    private static final InputReader NO_QUESTIONS = new InputReader() {};

    private final InputProvider input;
    private final CommandParser parser;
    private final CommandRegistry registry;
    private final CommandExecutor executor;
    private final Screen screen;
    private final String server;
    private final boolean scripted;
    private RunOutcome outcome = RunOutcome.DONE;

    /**
     * A runner.
     *
     * @param server the address that error messages name
     * @param scripted whether no user is there to try again
     */
    public ChatShellRunner(
            InputProvider input,
            CommandParser parser,
            CommandRegistry registry,
            Screen screen,
            String server,
            boolean scripted) {
        this.input = input;
        this.parser = parser;
        this.registry = registry;
        this.executor = new CommandExecutor(registry);
        this.screen = screen;
        this.server = server;
        this.scripted = scripted;
    }

    /** The outcome of the first command that failed; DONE if none did. */
    public RunOutcome outcome() {
        return outcome;
    }

    /** Notes a failure, unless there was an earlier one. */
    public void note(RunOutcome other) {
        if (outcome == RunOutcome.DONE) {
            outcome = other;
        }
    }

    @Override
    public void run(String[] args) throws Exception {
        boolean more = true;
        while (more) {
            try {
                String line = input.readInput();
                more = line != null && handle(line);
            } catch (CharacterCodingException e) {
                fail(RunOutcome.FAILED, "Not done: the line is not well-formed UTF-8.");
            } catch (IOException e) {
                fail(RunOutcome.FAILED, "Cannot read the input: " + e.getMessage());
                more = false;
            }
        }
    }

    /** Returns whether to go on. */
    private boolean handle(String line) {
        if (line.isBlank()) {
            return true;
        }
        ParsedInput command;
        try {
            command = parser.parse(line);
        } catch (IllegalArgumentException e) {
            fail(RunOutcome.FAILED, "Not done: " + SafeText.of(String.valueOf(e.getMessage())));
            return true;
        }
        Optional<ChatCommand> known = ChatCommand.named(command.commandName());
        if (known.isEmpty()) {
            fail(RunOutcome.FAILED, unknown(command.commandName()));
            return true;
        }
        return !known.get().isForPrompt() && execute(command);
    }

    private static String unknown(String command) {
        return "Unknown command '" + SafeText.of(command) + "'. To talk, join first: join NAME. For a list: help";
    }

    /** Returns whether to go on. A script ends if it cannot join, since the rest would fail as well. */
    private boolean execute(ParsedInput command) {
        StringWriter output = new StringWriter();
        try {
            ExitStatus status =
                    executor.execute(new CommandContext(command, registry, new PrintWriter(output), NO_QUESTIONS));
            show(output);
            if (status.code() != ExitStatus.OK.code()) {
                fail(RunOutcome.FAILED, "Not done: " + status.description());
            }
        } catch (CommandExecutionException e) {
            show(output);
            ChatException failure = chatException(e);
            if (failure == null) {
                fail(RunOutcome.FAILED, "Not done: " + rootMessage(e));
            } else {
                RunOutcome how = RunOutcome.of(failure);
                fail(how, ErrorLine.of(failure, server));
                return !scripted
                        || how != RunOutcome.NO_SERVICE
                        || !command.commandName().equals("join");
            }
        }
        return true;
    }

    private void show(StringWriter output) {
        output.toString().lines().forEach(screen::show);
    }

    private void fail(RunOutcome how, String message) {
        note(how);
        screen.warn(message);
    }

    private static @Nullable ChatException chatException(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ChatException found) {
                return found;
            }
        }
        return null;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return SafeText.of(String.valueOf(root.getMessage()));
    }
}
