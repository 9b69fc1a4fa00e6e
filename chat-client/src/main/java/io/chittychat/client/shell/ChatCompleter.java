package io.chittychat.client.shell;

import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/** Completes commands, with a slash or without, their options, and the names of those who are in the chat. */
public final class ChatCompleter implements Completer {

    private static final String COMMANDS = "Commands";
    private static final String NAMES = "In the chat";

    /** What people are called may follow these, as it may anywhere in a message. */
    private static final Set<String> TAKE_WORDS = Set.of("say", "search");

    private final CommandRegistry registry;
    private final Roster roster;

    /** Completion of what is registered and who is present. */
    public ChatCompleter(CommandRegistry registry, Roster roster) {
        this.registry = registry;
        this.roster = roster;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String first = line.words().isEmpty() ? "" : line.words().get(0);
        boolean slash = first.startsWith("/");
        if (line.wordIndex() == 0) {
            registry.getCommands().forEach(command -> candidates.add(command(command, slash)));
            if (!slash) {
                roster.names().forEach(name -> candidates.add(name(name, name + ":")));
            }
            return;
        }
        Command command = registry.getCommandByName(slash ? first.substring(1) : first);
        if (command != null) {
            command.getOptions().stream()
                    .filter(option -> !line.line().contains("--" + option.longName()))
                    .forEach(option -> candidates.add(option(option)));
            if (command.getName().equals("help")) {
                registry.getCommands().forEach(topic -> candidates.add(command(topic, false)));
            }
            if (!TAKE_WORDS.contains(command.getName())) {
                return;
            }
        }
        roster.names().forEach(name -> candidates.add(name(name, name)));
    }

    private static Candidate command(Command command, boolean slash) {
        String name = (slash ? "/" : "") + command.getName();
        return new Candidate(name, name, COMMANDS, command.getDescription(), null, null, true);
    }

    private static Candidate option(CommandOption option) {
        String name = "--" + option.longName();
        return new Candidate(name, name, "Options", option.description(), null, null, true);
    }

    private static Candidate name(String name, String completed) {
        return new Candidate(completed, name, NAMES, null, null, null, true);
    }
}
