package io.chittychat.client.shell;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.session.ChatException;
import io.chittychat.text.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
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
 * Runs one command after the other until the input ends or one says quit. Unlike Spring Shell's own runners it does the
 * same for a terminal and for a pipe, and remembers whether a command failed.
 */
public final class ChatShellRunner implements ShellRunner {

    private static final Set<String> QUIT = Set.of("quit", "exit");
    private static final InputReader NO_QUESTIONS = new InputReader() {};

    private final InputProvider input;
    private final CommandParser parser;
    private final CommandRegistry registry;
    private final CommandExecutor executor;
    private final Screen screen;
    private final String server;
    private final boolean scripted;
    private Outcome outcome = Outcome.DONE;

    /**
     * A runner.
     *
     * @param server the address that error messages name
     * @param scripted whether nobody sits there and tries again
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

    /** How the first command that failed did so; DONE if none did. */
    public Outcome outcome() {
        return outcome;
    }

    /** Notes that the run did not go well for a reason other than a command. */
    public void note(Outcome other) {
        if (outcome == Outcome.DONE) {
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
                fail(Outcome.FAILED, "Not done: the line is not well-formed UTF-8.");
            } catch (IOException e) {
                fail(Outcome.FAILED, "Cannot read the input: " + e.getMessage());
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
            fail(Outcome.FAILED, "Not done: " + SafeText.of(String.valueOf(e.getMessage())));
            return true;
        }
        if (QUIT.contains(command.commandName())) {
            return false;
        }
        if (registry.getCommandByName(command.commandName()) == null) {
            fail(Outcome.FAILED, unknown(command.commandName()));
        } else {
            return execute(command);
        }
        return true;
    }

    private static String unknown(String command) {
        return "Unknown command '" + SafeText.of(command) + "'. To talk, join first: join NAME. For a list: help";
    }

    /** Returns whether to go on: the rest of a script is of no use if there is no service to join. */
    private boolean execute(ParsedInput command) {
        StringWriter output = new StringWriter();
        try {
            ExitStatus status =
                    executor.execute(new CommandContext(command, registry, new PrintWriter(output), NO_QUESTIONS));
            show(output);
            if (status.code() != ExitStatus.OK.code()) {
                fail(Outcome.FAILED, "Not done: " + status.description());
            }
        } catch (CommandExecutionException e) {
            show(output);
            ChatException failure = chatException(e);
            if (failure == null) {
                fail(Outcome.FAILED, "Not done: " + rootMessage(e));
            } else {
                Outcome how = Outcome.of(failure);
                fail(how, ErrorLine.of(failure, server));
                return !scripted
                        || how != Outcome.NO_SERVICE
                        || !command.commandName().equals("join");
            }
        }
        return true;
    }

    private void show(StringWriter output) {
        output.toString().lines().forEach(screen::show);
    }

    private void fail(Outcome how, String message) {
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
