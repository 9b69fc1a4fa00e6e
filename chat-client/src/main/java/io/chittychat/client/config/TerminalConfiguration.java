package io.chittychat.client.config;

import io.chittychat.client.render.Look;
import io.chittychat.client.render.PromptView;
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
import org.springframework.shell.core.command.CommandRegistry;

/** A human at a terminal. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "chitty.client.interactive", havingValue = "true")
class TerminalConfiguration {

    private static final int USUAL_WIDTH = 80;
    private static final int REMEMBERED_LINES = 2000;

    @Bean(destroyMethod = "close")
    Terminal terminal() throws IOException {
        // Lines are drawn with UTF-8 like everything else.
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .dumb(true) // no warning where there is nothing better
                .build();
        terminal.enterRawMode(); // what is typed while a command runs is not echoed where it does not belong
        return terminal;
    }

    /** How things look now: the terminal may be resized. */
    @Bean
    Supplier<Look> look(Terminal terminal, Situation situation, Environment environment) {
        boolean color = environment.getProperty("NO_COLOR", "").isEmpty(); // see https://no-color.org
        ZoneId zone = ZoneId.systemDefault();
        return () ->
                new Look(terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH, color, zone, situation.name());
    }

    @Bean
    ChatLineReader lineReader(
            Terminal terminal,
            ChatLineParser rule,
            CommandRegistry registry,
            Roster roster,
            Situation situation,
            Supplier<Look> look,
            ClientProperties properties)
            throws IOException {
        ChatLineReader reader =
                new ChatLineReader(terminal, rule, length -> PromptView.of(situation.standing(), length, look.get()));
        reader.setParser(verbatim());
        reader.setCompleter(new ChatCompleter(registry, roster));
        reader.setHighlighter(new TooLongHighlighter(rule));
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true); // "!!" is something people say
        reader.option(LineReader.Option.INSERT_TAB, false);
        reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true); // what was typed comes back as an event
        reader.option(LineReader.Option.CASE_INSENSITIVE, true);
        reader.option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        reader.setVariable(LineReader.HISTORY_FILE, TypedHistory.in(properties.stateDir()));
        reader.setVariable(LineReader.HISTORY_SIZE, REMEMBERED_LINES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, REMEMBERED_LINES);
        return reader;
    }

    private static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /** With a name of one's own one is in the chat at once. */
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
    Screen terminalScreen(ChatLineReader lineReader, Supplier<Look> look, ClientProperties properties) {
        return new TerminalScreen(lineReader, look, properties.bell());
    }

    /** No quotes and no escapes: a line is done when Enter is pressed, whatever it holds. */
    private static DefaultParser verbatim() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }
}
