package io.chittychat.client.shell;

import io.chittychat.client.shell.ChatCommand.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, with a slash or without, their options, and the names of participants. */
public final class ChatCompleter implements Completer {

    private final Roster roster;

    /** Completes names from a roster. */
    public ChatCompleter(Roster roster) {
        this.roster = roster;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String first = line.words().isEmpty() ? "" : line.words().get(0);
        boolean slash = first.startsWith("/");
        Stream<Candidate> found = line.wordIndex() == 0
                ? Stream.concat(commands(slash ? "/" : ""), slash ? Stream.empty() : names(":"))
                : ChatCommand.named(slash ? first.substring(1) : first)
                        .map(command -> arguments(command, line.line()))
                        .orElseGet(() -> names(""));
        found.forEach(candidates::add);
    }

    private Stream<Candidate> arguments(ChatCommand command, String line) {
        return switch (command.form()) {
            case TEXT -> names("");
            case TOPIC -> commands("");
            case RANGE -> option(line).stream();
            case NAME, NOTHING -> Stream.empty();
        };
    }

    private static Stream<Candidate> commands(String before) {
        return Arrays.stream(ChatCommand.values())
                .map(command -> candidate(before + command.word(), "Commands", command.summary()));
    }

    private static Optional<Candidate> option(String line) {
        String option = "--" + Name.AFTER;
        return line.contains(option) ? Optional.empty() : Optional.of(candidate(option, "Options", "a Lamport time"));
    }

    /** The names, and text that follows each in the line. */
    private Stream<Candidate> names(String after) {
        return roster.names().stream()
                .map(name -> new Candidate(name + after, name, "In the chat", null, null, null, true));
    }

    private static Candidate candidate(String text, String group, String description) {
        return new Candidate(text, text, group, description, null, null, true);
    }
}
