package io.chittychat.server;

import io.chittychat.server.observe.Console;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service: gRPC on port 9090, HTTP with the actuator on port 8080, unless configured otherwise. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServerApplication {

    /**
     * Starts the service, or runs a task of {@link Maintenance}.
     *
     * @param arguments {@code --verify [FILE]} to check a store and exit, {@code --backup FILE} to copy it and exit, or
     *     settings as {@code --name=value}, see {@code config/chat-server.yml}
     */
    public static void main(String[] arguments) {
        Maintenance.askedForBy(arguments).ifPresent(maintenance -> System.exit(maintenance.run(System.out)));
        JvmDefaults.apply();
        Console console = Console.install();
        SpringApplication.getShutdownHandlers().add(console::drain);
        SpringApplication application = new SpringApplication(ChatServerApplication.class);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("console", console));
        try {
            application.run(arguments);
        } catch (RuntimeException | Error e) {
            console.drain(); // so that the reason is printed
            throw e;
        }
    }
}
