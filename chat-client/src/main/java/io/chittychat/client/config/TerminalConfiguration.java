package io.chittychat.client.config;

import io.chittychat.client.render.PromptView;
import io.chittychat.client.render.TerminalLook;
import io.chittychat.client.shell.ChatCompleter;
import io.chittychat.client.shell.ChatLineParser;
import io.chittychat.client.shell.ChatLineReader;
import io.chittychat.client.shell.PreparedInput;
import io.chittychat.client.shell.Roster;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.Situation;
import io.chittychat.client.shell.TerminalInput;
import io.chittychat.client.shell.TerminalScreen;
import io.chittychat.client.shell.TooLongHighlighter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.shell.core.InputProvider;

/** A run at a terminal. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "chitty.client.interactive", havingValue = "true")
class TerminalConfiguration {

    private static final int USUAL_WIDTH = 80;
    private static final int REMEMBERED_LINES = 2000;

    @Bean(destroyMethod = "close")
    Terminal terminal() throws IOException {
        // Draws lines with UTF-8 characters.
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .dumb(true) // no warning if the terminal is dumb
                .build();
        terminal.enterRawMode(); // no echo of keys while a command runs
        return terminal;
    }

    /** The look now, since the terminal may be resized. */
    @Bean
    Supplier<TerminalLook> look(Terminal terminal, Situation situation, Environment environment) {
        boolean color = environment.getProperty("NO_COLOR", "").isEmpty(); // see https://no-color.org
        ZoneId zone = ZoneId.systemDefault();
        return () -> new TerminalLook(
                terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH, color, zone, situation.name());
    }

    @Bean
    ChatLineReader lineReader(
            Terminal terminal,
            ChatLineParser parser,
            Roster roster,
            Situation situation,
            Supplier<TerminalLook> look,
            ClientProperties properties)
            throws IOException {
        ChatLineReader reader = new ChatLineReader(
                terminal, parser::message, length -> PromptView.of(situation.standing(), length, look.get()));
        reader.setParser(verbatim());
        reader.setCompleter(new ChatCompleter(roster));
        reader.setHighlighter(new TooLongHighlighter(parser::message));
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true); // "!!" is text
        reader.option(LineReader.Option.INSERT_TAB, false);
        reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true); // the message comes back as an event
        reader.option(LineReader.Option.CASE_INSENSITIVE, true);
        reader.option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        reader.setVariable(LineReader.HISTORY_FILE, InputHistory.in(properties.stateDir()));
        reader.setVariable(LineReader.HISTORY_SIZE, REMEMBERED_LINES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, REMEMBERED_LINES);
        return reader;
    }

    /** Joins at the start if the settings have a name. */
    @Bean
    InputProvider terminalInput(ChatLineReader lineReader, Screen screen, ClientRun run, ClientProperties properties) {
        List<String> first = new ArrayList<>(run.commands());
        if (first.isEmpty()) {
            properties.ownName().ifPresent(name -> first.add("join " + name));
        }
        return new PreparedInput(first, new TerminalInput(lineReader, screen));
    }

    @Bean
    @Primary
    Screen terminalScreen(ChatLineReader lineReader, Supplier<TerminalLook> look, ClientProperties properties) {
        return new TerminalScreen(lineReader, look, properties.bell());
    }

    /** A parser without quotes and escapes, so that Enter always ends the line. */
    private static DefaultParser verbatim() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }
}
