package io.chittychat.client.config;

import io.chittychat.client.shell.ChatCommands;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.Conversation;
import io.chittychat.client.shell.EventPrinter;
import io.chittychat.client.shell.Presence;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.VerbatimCommandParser;
import io.chittychat.session.ChatSession;
import java.util.Set;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.EnableCommand;

/** The shell: Spring Shell's commands and registry with a parser and a runner for a chat. */
@Configuration(proxyBeanMethods = false)
@EnableCommand(ChatCommands.class)
class ShellConfiguration {

    /** What Spring Shell brings and a chat has no use for. */
    private static final Set<String> NOT_HERE = Set.of("script", "version", "clear");

    @Bean
    Presence presence() {
        return new Presence();
    }

    @Bean
    EventPrinter eventPrinter(Screen screen, ClientProperties properties, Presence presence) {
        return new EventPrinter(screen, properties.server(), presence);
    }

    @Bean
    Conversation conversation(ChatSession session, Presence presence, ClientProperties properties) {
        return new Conversation(session, presence, properties.callDeadline(), properties.farewell());
    }

    @Bean
    ChatCommands chatCommands(Conversation conversation) {
        return new ChatCommands(conversation);
    }

    @Bean
    CommandParser commandParser() {
        return new VerbatimCommandParser();
    }

    @Bean
    ChatShellRunner shellRunner(
            InputProvider input,
            CommandParser parser,
            CommandRegistry registry,
            Screen screen,
            ClientProperties properties) {
        return new ChatShellRunner(input, parser, registry, screen, properties.server());
    }

    @Bean
    ApplicationRunner runShell(ChatShellRunner shell, CommandRegistry registry) {
        return args -> {
            registry.getCommands().stream()
                    .filter(command -> NOT_HERE.contains(command.getName()))
                    .forEach(registry::unregisterCommand);
            shell.run(new String[0]);
        };
    }

    /** A script wants to know; a human has seen it. */
    @Bean
    ExitCodeGenerator exitCode(ChatShellRunner shell, ClientProperties properties) {
        return () -> shell.hasFailed() && !properties.interactive() ? 1 : 0;
    }
}
