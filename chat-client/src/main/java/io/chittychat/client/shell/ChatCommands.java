package io.chittychat.client.shell;

import io.chittychat.text.SafeText;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.annotation.Command;

/** The commands of the chat. Failures are thrown; the runner shows them. */
public class ChatCommands {

    private static final String GROUP = "Chat";

    private final Conversation conversation;

    /** Commands for one conversation. */
    public ChatCommands(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Joins under the name that follows. */
    @Command(name = "join", group = GROUP, description = "join NAME: enter the chat under a name")
    public void join(CommandContext context) {
        conversation.join(rest(context).strip());
    }

    /** Says everything that follows, as it is. */
    @Command(name = "say", group = GROUP, description = "say TEXT: say everything after 'say ', as it is")
    public void say(CommandContext context) {
        conversation.say(rest(context));
    }

    /** Leaves; one may join again. */
    @Command(name = "leave", group = GROUP, description = "leave the chat; you may join again")
    public void leave() {
        conversation.leave();
    }

    /** Lists who is present. */
    @Command(name = "who", group = GROUP, description = "list who is in the chat")
    public void who(CommandContext context) {
        conversation
                .who()
                .forEach(participant -> context.outputWriter()
                        .println(SafeText.of(participant.getName()) + " (joined at Lamport time "
                                + participant.getJoinedLamportTime() + ")"));
    }

    /** Shows the own clock. */
    @Command(name = "clock", group = GROUP, description = "show your own Lamport time")
    public void clock(CommandContext context) {
        context.outputWriter().println("Lamport time " + conversation.clock());
    }

    private static String rest(CommandContext context) {
        CommandArgument argument = context.getArgumentByIndex(0);
        return argument == null ? "" : argument.value();
    }
}
