package io.chittychat.client.shell;

import io.chittychat.client.render.ClockText;
import io.chittychat.client.render.NoticeLine;
import io.chittychat.client.render.Standing.Link;
import io.chittychat.client.shell.ChatCommand.Name;
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

/** Executes the commands. They throw their failures, which the runner shows. */
public class ChatCommands {

    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_FOUND = 50;

    private final BlockingSession session;
    private final Speaker speaker;
    private final Screen screen;
    private final Roster roster;
    private final Situation situation;
    private final Optional<String> defaultName;

    /**
     * Commands for one session.
     *
     * @param defaultName the name of a join without one
     */
    public ChatCommands(
            BlockingSession session,
            Speaker speaker,
            Screen screen,
            Roster roster,
            Situation situation,
            Optional<String> defaultName) {
        this.session = session;
        this.speaker = speaker;
        this.screen = screen;
        this.roster = roster;
        this.situation = situation;
        this.defaultName = defaultName;
    }

    /** Joins under the given or the default name. */
    @Command(name = Name.JOIN)
    public void join(CommandContext context) {
        String name = rest(context).strip();
        session.join(name.isEmpty() ? defaultName.orElse("") : name);
    }

    /** Publishes the rest of the line as it is. */
    @Command(name = Name.SAY)
    public void say(CommandContext context) {
        speaker.say(rest(context));
    }

    /** Leaves the chat. */
    @Command(name = Name.LEAVE)
    public void leave() {
        session.leave();
    }

    /** Lists the participants. */
    @Command(name = Name.WHO)
    public void who(CommandContext context) {
        List<Participant> present = session.who();
        roster.reset(present.stream().map(Participant::getName).toList());
        present.forEach(participant -> context.outputWriter()
                .println(SafeText.of(participant.getName()) + " (joined at Lamport time "
                        + participant.getJoinedLamportTime() + ")" + youAre(participant)));
    }

    private String youAre(Participant participant) {
        return situation.name().filter(participant.getName()::equals).isPresent() ? ", you" : "";
    }

    /** Shows the participant's own clock, and the address of the service if there are several. */
    @Command(name = Name.CLOCK)
    public void clock(CommandContext context) {
        ClockText.of(session.clock()).forEach(context.outputWriter()::println);
        if (situation.link() != Link.OUTSIDE) {
            situation
                    .address()
                    .map(address -> NoticeLine.connectedTo(address, situation.link() == Link.LOST))
                    .ifPresent(context.outputWriter()::println);
        }
    }

    /** Shows the newest events, or the first after a Lamport time. */
    @Command(name = Name.HISTORY)
    public void history(
            CommandContext context,
            @Argument(index = 0, defaultValue = "20", description = "how many") int count,
            @Option(longName = Name.AFTER, description = "a Lamport time", defaultValue = "-1") Long after) {
        if (count < 1 || count > MAX_EVENTS) {
            throw new IllegalArgumentException("history takes a number from 1 to " + MAX_EVENTS);
        }
        List<Event> events = after < 0 ? session.newest(count) : session.after(after, Long.MAX_VALUE);
        List<Event> shown = events.subList(0, Math.min(count, events.size()));
        print(context.outputWriter(), shown, NoticeLine.history(shown.size()));
    }

    /** Shows messages that have all of some words. */
    @Command(name = Name.SEARCH)
    public void search(CommandContext context) {
        String query = rest(context).strip();
        if (query.isEmpty()) {
            throw new IllegalArgumentException("the words are missing: search WORDS");
        }
        List<Event> found = new ArrayList<>(session.search(query, MAX_FOUND));
        Collections.reverse(found);
        print(context.outputWriter(), found, NoticeLine.found(found.size(), MAX_FOUND));
    }

    /** Explains the commands. */
    @Command(name = Name.HELP)
    public void help(CommandContext context) {
        HelpText.of(rest(context).strip()).forEach(context.outputWriter()::println);
    }

    private void print(PrintWriter output, List<Event> events, String summary) {
        screen.lines(events).forEach(output::println);
        screen.warn(summary);
    }

    private static String rest(CommandContext context) {
        CommandArgument argument = context.getArgumentByIndex(0);
        return argument == null ? "" : argument.value();
    }
}
