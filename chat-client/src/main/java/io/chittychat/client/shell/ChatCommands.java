package io.chittychat.client.shell;

import io.chittychat.client.render.ClockText;
import io.chittychat.client.render.HelpText;
import io.chittychat.client.render.NoticeLine;
import io.chittychat.text.SafeText;
import io.chittychat.v1.Event;
import io.chittychat.v1.Participant;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/** The commands of the chat. Failures are thrown; the runner shows them. */
public class ChatCommands {

    private static final String GROUP = "Chat";
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_FOUND = 50;

    private final Conversation conversation;
    private final Speaker speaker;
    private final Screen screen;
    private final Roster roster;
    private final Situation situation;
    private final Optional<String> defaultName;

    /**
     * Commands for one conversation.
     *
     * @param defaultName under which one joins if one does not say
     */
    public ChatCommands(
            Conversation conversation,
            Speaker speaker,
            Screen screen,
            Roster roster,
            Situation situation,
            Optional<String> defaultName) {
        this.conversation = conversation;
        this.speaker = speaker;
        this.screen = screen;
        this.roster = roster;
        this.situation = situation;
        this.defaultName = defaultName;
    }

    /** Joins under the name that follows. */
    @Command(name = "join", group = GROUP, description = "enter the chat under a name")
    public void join(CommandContext context) {
        String name = rest(context).strip();
        conversation.join(name.isEmpty() ? defaultName.orElse("") : name);
    }

    /** Says everything that follows, as it is. */
    @Command(name = "say", group = GROUP, description = "say everything after 'say ', as it is")
    public void say(CommandContext context) {
        speaker.say(rest(context));
    }

    /** Leaves; one may join again. */
    @Command(name = "leave", group = GROUP, description = "leave the chat; you may join again")
    public void leave() {
        conversation.leave();
    }

    /** Lists who is present. */
    @Command(name = "who", group = GROUP, description = "list who is in the chat")
    public void who(CommandContext context) {
        List<Participant> present = conversation.who();
        roster.areHere(present.stream().map(Participant::getName).toList());
        present.forEach(participant -> context.outputWriter()
                .println(SafeText.of(participant.getName()) + " (joined at Lamport time "
                        + participant.getJoinedLamportTime() + ")" + youAre(participant)));
    }

    private String youAre(Participant participant) {
        return situation.name().filter(participant.getName()::equals).isPresent() ? ", you" : "";
    }

    /** Shows the own clock. */
    @Command(name = "clock", group = GROUP, description = "your own Lamport time, and why it is what it is")
    public void clock(CommandContext context) {
        ClockText.of(conversation.clock()).forEach(context.outputWriter()::println);
    }

    /** Shows the newest events, or those after a time. */
    @Command(name = "history", group = GROUP, description = "the last N events, or the N after Lamport time L")
    public void history(
            CommandContext context,
            @Argument(index = 0, defaultValue = "20", description = "how many") int count,
            @Option(longName = "after", description = "a Lamport time", defaultValue = "-1") Long after) {
        if (count < 1 || count > MAX_EVENTS) {
            throw new IllegalArgumentException("history takes a number from 1 to " + MAX_EVENTS);
        }
        List<Event> events = after < 0 ? conversation.newest(count) : conversation.after(after, Long.MAX_VALUE);
        List<Event> shown = events.subList(0, Math.min(count, events.size()));
        print(context.outputWriter(), shown, NoticeLine.history(shown.size()));
    }

    /** Shows messages by their words. */
    @Command(name = "search", group = GROUP, description = "messages with all of these words, the newest last")
    public void search(CommandContext context) {
        String query = rest(context).strip();
        if (query.isEmpty()) {
            throw new IllegalArgumentException("search for what? search WORDS");
        }
        List<Event> found = new ArrayList<>(conversation.search(query, MAX_FOUND));
        Collections.reverse(found);
        print(context.outputWriter(), found, NoticeLine.found(found.size(), MAX_FOUND));
    }

    /** Teaches. */
    @Command(name = "help", group = GROUP, description = "what one can do here; more about a COMMAND")
    public void teach(CommandContext context) {
        HelpText.of(rest(context).strip()).forEach(context.outputWriter()::println);
    }

    /** For help and completion: the runner ends by itself. */
    @Command(name = "quit", alias = "exit", group = GROUP, description = "leave and end")
    public void quit() {}

    private void print(PrintWriter output, List<Event> events, String summary) {
        screen.lines(events).forEach(output::println);
        screen.warn(summary);
    }

    private static String rest(CommandContext context) {
        CommandArgument argument = context.getArgumentByIndex(0);
        return argument == null ? "" : argument.value();
    }
}
