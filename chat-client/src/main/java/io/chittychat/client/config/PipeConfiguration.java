package io.chittychat.client.config;

import io.chittychat.client.shell.PipedInput;
import io.chittychat.client.shell.PlainScreen;
import io.chittychat.client.shell.Screen;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.InputProvider;

/** Commands from a pipe or file, lines to a pipe or file: UTF-8 whatever the locale. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "chitty.client.interactive", havingValue = "false")
class PipeConfiguration {

    @Bean
    InputProvider pipedInput() {
        return new PipedInput(new FileInputStream(FileDescriptor.in));
    }

    @Bean
    Screen plainScreen() {
        return new PlainScreen(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
    }
}
