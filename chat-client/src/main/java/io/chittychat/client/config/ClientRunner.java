package io.chittychat.client.config;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.Conversation;
import io.chittychat.client.shell.HeldScreen;
import io.chittychat.client.shell.Outcome;
import io.chittychat.client.shell.Tail;
import io.chittychat.session.ChatException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.shell.core.command.Clear;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.Help;
import org.springframework.shell.core.command.Script;
import org.springframework.shell.core.command.Version;

/** Does what a run is for; when it returns the run is over. */
final class ClientRunner implements ApplicationRunner {

    /** What Spring Shell brings and a chat has no use for, or its own. */
    private static final Set<Class<? extends Command>> NOT_HERE =
            Set.of(Help.class, Clear.class, Version.class, Script.class);

    private final CommandRegistry registry;
    private final ClientRun run;
    private final ChatShellRunner shell;
    private final Conversation conversation;
    private final HeldScreen screen;
    private final ClientProperties properties;

    ClientRunner(
            CommandRegistry registry,
            ClientRun run,
            ChatShellRunner shell,
            Conversation conversation,
            HeldScreen screen,
            ClientProperties properties) {
        this.registry = registry;
        this.run = run;
        this.shell = shell;
        this.conversation = conversation;
        this.screen = screen;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        List.copyOf(registry.getCommands()).stream()
                .filter(command -> NOT_HERE.stream().anyMatch(type -> type.isInstance(command)))
                .forEach(registry::unregisterCommand);
        if (run.tail().isPresent()) {
            follow(run.tail().get().after());
        } else {
            shell.run(new String[0]);
        }
    }

    /** Until the session ends for good, or somebody ends the program. */
    private void follow(OptionalLong after) throws InterruptedException {
        String name = properties
                .ownName()
                .orElseGet(() -> "tail-" + ProcessHandle.current().pid());
        try {
            new Tail(conversation, screen).begin(name, after);
            conversation.awaitEnd();
            shell.note(Outcome.NO_SERVICE);
        } catch (ChatException e) {
            shell.note(Outcome.of(e));
            screen.warn(ErrorLine.of(e, properties.server()));
        }
    }
}
