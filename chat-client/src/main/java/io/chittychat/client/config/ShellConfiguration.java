package io.chittychat.client.config;

import io.chittychat.client.shell.ChatCommands;
import io.chittychat.client.shell.ChatLineParser;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.Conversation;
import io.chittychat.client.shell.EventPrinter;
import io.chittychat.client.shell.HeldScreen;
import io.chittychat.client.shell.Outcome;
import io.chittychat.client.shell.PromptSpeaker;
import io.chittychat.client.shell.Roster;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.Situation;
import io.chittychat.client.shell.Speaker;
import io.chittychat.session.ChatSession;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.DefaultCommandParser;
import org.springframework.shell.core.command.annotation.EnableCommand;

/** The shell: Spring Shell's commands and registry with a parser and a runner for a chat. */
@Configuration(proxyBeanMethods = false)
@EnableCommand(ChatCommands.class)
class ShellConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ClientRun clientRun() {
        return ClientRun.COMMANDS;
    }

    @Bean
    Situation situation(ClientProperties properties) {
        return new Situation(properties.server());
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
    EventPrinter eventPrinter(HeldScreen heldScreen, ClientProperties properties, Situation situation, Roster roster) {
        return new EventPrinter(heldScreen, properties.server(), situation, roster);
    }

    @Bean
    Conversation conversation(ChatSession session, Situation situation, ClientProperties properties) {
        return new Conversation(session, situation, properties.callDeadline(), properties.farewell());
    }

    /** A script has said something when everybody can see it; who types wants to go on. */
    @Bean
    Speaker speaker(
            ChatSession session,
            Conversation conversation,
            Situation situation,
            Screen screen,
            ClientProperties properties) {
        return properties.interactive()
                ? new PromptSpeaker(session, situation, screen, properties.server())
                : conversation::say;
    }

    @Bean
    ChatCommands chatCommands(
            Conversation conversation,
            Speaker speaker,
            Screen screen,
            Roster roster,
            Situation situation,
            ClientProperties properties) {
        return new ChatCommands(conversation, speaker, screen, roster, situation, properties.ownName());
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
            CommandRegistry registry,
            ClientRun run,
            ChatShellRunner shell,
            Conversation conversation,
            HeldScreen screen,
            ClientProperties properties) {
        return new ClientRunner(registry, run, shell, conversation, screen, properties);
    }

    /** A script wants to know; a human has seen it. */
    @Bean
    ExitCodeGenerator exitCode(ChatShellRunner shell, ClientProperties properties) {
        return () -> properties.interactive()
                ? Outcome.DONE.exitCode()
                : shell.outcome().exitCode();
    }
}
