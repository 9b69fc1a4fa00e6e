package io.chittychat.client.config;

import io.chittychat.client.render.EventJson;
import io.chittychat.client.render.EventLine;
import io.chittychat.client.shell.PipedInput;
import io.chittychat.client.shell.PlainScreen;
import io.chittychat.client.shell.PreparedInput;
import io.chittychat.client.shell.RunOutcome;
import io.chittychat.client.shell.Screen;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.shell.core.InputProvider;

/** A run without a terminal: commands from arguments, a pipe or a file; UTF-8 whatever the locale. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "chitty.client.interactive", havingValue = "false")
class PipeConfiguration {

    @Bean
    InputProvider scriptInput(ClientRun run) {
        InputProvider then = run.reads() ? new PipedInput(new FileInputStream(FileDescriptor.in)) : () -> null;
        InputProvider file = run.file().map(PipeConfiguration::open).orElse(then);
        return new PreparedInput(run.commands(), file);
    }

    /** Opens a file, which stays open until the program ends. */
    private static InputProvider open(Path file) {
        try {
            return new PipedInput(Files.newInputStream(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the commands in " + file + ": " + e.getMessage(), e);
        }
    }

    @Bean
    @Primary
    Screen plainScreen(ClientRun run) {
        return new PlainScreen(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                run.json() ? EventJson::of : EventLine::of,
                PipeConfiguration::end);
    }

    /** Exits on another thread, since the exit waits for the thread that found the output closed. */
    private static void end() {
        Thread ending = new Thread(() -> System.exit(RunOutcome.OUTPUT_CLOSED.exitCode()), "output-closed");
        ending.setDaemon(true);
        ending.start();
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
    }
}
