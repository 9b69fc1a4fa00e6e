package io.chittychat.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service: gRPC on port 9090, HTTP with the actuator on port 8080, unless configured otherwise. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServerApplication {

    /**
     * Starts the service, or does what is done instead of that.
     *
     * @param arguments {@code --verify [FILE]} to check a store and exit, {@code --backup FILE} to copy it and exit, or settings
     *     as {@code --name=value}, see {@code config/chat-server.yml}
     */
    public static void main(String[] arguments) {
        Verification.askedForBy(arguments).ifPresent(verification -> System.exit(verification.run(System.out)));
        Backup.askedForBy(arguments).ifPresent(backup -> System.exit(backup.run(System.out)));
        SpringApplication.run(ChatServerApplication.class, arguments);
    }
}
