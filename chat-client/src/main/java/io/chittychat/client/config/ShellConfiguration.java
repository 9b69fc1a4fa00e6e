package io.chittychat.client.config;

import io.chittychat.client.shell.BlockingSession;
import io.chittychat.client.shell.ChatCommands;
import io.chittychat.client.shell.ChatLineParser;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.EventPrinter;
import io.chittychat.client.shell.HeldScreen;
import io.chittychat.client.shell.PromptSpeaker;
import io.chittychat.client.shell.Roster;
import io.chittychat.client.shell.RunOutcome;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.Situation;
import io.chittychat.client.shell.Speaker;
import io.chittychat.session.ChatSession;
import io.chittychat.session.ServiceAddresses;
import java.util.Arrays;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.DefaultCommandParser;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.support.CommandFactoryBean;

/** The shell: Spring Shell's registry and commands, with a parser and a runner of the chat's own. */
@Configuration(proxyBeanMethods = false)
class ShellConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ClientRun clientRun() {
        return ClientRun.COMMANDS;
    }

    @Bean
    Situation situation(ClientProperties properties) {
        return new Situation(
                properties.server(), !ServiceAddresses.of(properties.server()).isSingle());
    }

    @Bean
    Roster roster() {
        return new Roster();
    }

    @Bean
    HeldScreen heldScreen(Screen screen) {
        return new HeldScreen(screen);
    }

    @Bean
    EventPrinter eventPrinter(HeldScreen heldScreen, Situation situation, Roster roster) {
        return new EventPrinter(heldScreen, situation, roster);
    }

    @Bean
    BlockingSession blockingSession(ChatSession session, Situation situation, ClientProperties properties) {
        return new BlockingSession(session, situation, properties.callDeadline(), properties.farewell());
    }

    /** A script waits for the event of each message; the prompt does not. */
    @Bean
    Speaker speaker(
            ChatSession session,
            BlockingSession blockingSession,
            Situation situation,
            Screen screen,
            ClientProperties properties) {
        return properties.interactive()
                ? new PromptSpeaker(session, situation, screen, properties.server())
                : blockingSession::say;
    }

    @Bean
    ChatCommands chatCommands(
            BlockingSession blockingSession,
            Speaker speaker,
            Screen screen,
            Roster roster,
            Situation situation,
            ClientProperties properties) {
        return new ChatCommands(blockingSession, speaker, screen, roster, situation, properties.ownName());
    }

    /** The commands that are methods of {@link ChatCommands}. EnableCommand would add Spring Shell's own commands. */
    @Bean
    CommandRegistry commandRegistry() {
        return new CommandRegistry();
    }

    /** Registers them last, since the commands need a screen, and a terminal needs the registry. */
    @Bean
    SmartInitializingSingleton commandRegistration(ApplicationContext context, CommandRegistry registry) {
        return () -> Arrays.stream(ChatCommands.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Command.class))
                .map(CommandFactoryBean::new)
                .forEach(command -> {
                    command.setApplicationContext(context);
                    registry.registerCommand(command.getObject());
                });
    }

    @Bean
    ChatLineParser commandParser(CommandRegistry registry, Situation situation) {
        return new ChatLineParser(new DefaultCommandParser(registry), situation::isInChat);
    }

    @Bean
    ChatShellRunner shellRunner(
            InputProvider input,
            ChatLineParser parser,
            CommandRegistry registry,
            Screen screen,
            ClientProperties properties) {
        return new ChatShellRunner(input, parser, registry, screen, properties.server(), !properties.interactive());
    }

    @Bean
    ClientRunner clientRunner(
            ClientRun run,
            ChatShellRunner shell,
            BlockingSession blockingSession,
            HeldScreen screen,
            ClientProperties properties) {
        return new ClientRunner(run, shell, blockingSession, screen, properties);
    }

    /** Only a script needs an exit code for a failed command; a user has seen the failure. */
    @Bean
    ExitCodeGenerator exitCode(ChatShellRunner shell, ClientProperties properties) {
        return () -> properties.interactive()
                ? RunOutcome.DONE.exitCode()
                : shell.outcome().exitCode();
    }
}
