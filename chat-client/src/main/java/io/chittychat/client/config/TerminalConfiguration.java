package io.chittychat.client.config;

import io.chittychat.client.shell.Presence;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.TerminalInput;
import io.chittychat.client.shell.TerminalScreen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** A human at a terminal. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "chitty.client.interactive", havingValue = "true")
class TerminalConfiguration {

    @Bean(destroyMethod = "close")
    Terminal terminal() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .dumb(true) // no warning where there is nothing better
                .build();
    }

    @Bean
    LineReader lineReader(Terminal terminal, CommandRegistry registry) {
        return LineReaderBuilder.builder()
                .appName("Chitty-Chat")
                .terminal(terminal)
                .parser(verbatim())
                .completer(commandNames(registry))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // "!!" is something people say
                .option(LineReader.Option.INSERT_TAB, false)
                .build();
    }

    @Bean
    InputProvider terminalInput(LineReader lineReader, Presence presence) {
        return new TerminalInput(lineReader, presence::prompt);
    }

    @Bean
    Screen terminalScreen(LineReader lineReader) {
        return new TerminalScreen(lineReader);
    }

    /** No quotes and no escapes: a line is done when Enter is pressed, whatever it holds. */
    private static DefaultParser verbatim() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }

    private static Completer commandNames(CommandRegistry registry) {
        return (reader, line, candidates) -> {
            if (line.wordIndex() == 0) {
                registry.getCommands().stream()
                        .map(Command::getName)
                        .map(Candidate::new)
                        .forEach(candidates::add);
            }
        };
    }
}
