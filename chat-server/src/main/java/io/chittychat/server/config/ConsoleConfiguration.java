package io.chittychat.server.config;

import io.chittychat.server.observe.Console;
import io.chittychat.server.observe.ConsoleHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the {@link Console} of the process, if it has one, with its health and meters. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

    private final Console console;

    ConsoleConfiguration(ObjectProvider<Console> installed, ChittyProperties properties) {
        ChittyProperties.Console settings = properties.console();
        console = installed.getIfAvailable(Console::unbuffered);
        console.configure(settings.buffer().toBytes(), settings.whenFull() == ChittyProperties.Console.WhenFull.WAIT);
    }

    @Bean
    ConsoleHealth consoleHealthIndicator() {
        return new ConsoleHealth(console);
    }

    @Bean
    MeterBinder consoleMeters() {
        return registry -> {
            FunctionCounter.builder("chitty.console.dropped", console, Console::dropped)
                    .description("Log lines that were dropped because nothing read them")
                    .baseUnit("lines")
                    .register(registry);
            Gauge.builder("chitty.console.waiting", console, Console::waiting)
                    .description("Log output that waits to be read")
                    .baseUnit("bytes")
                    .register(registry);
        };
    }
}
