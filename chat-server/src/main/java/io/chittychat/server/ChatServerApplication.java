package io.chittychat.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service: gRPC on port 9090, HTTP with the actuator on port 8080, unless configured otherwise. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServerApplication {

    /** @param arguments settings as {@code --name=value}, see {@code config/chat-server.yml} */
    public static void main(String[] arguments) {
        SpringApplication.run(ChatServerApplication.class, arguments);
    }
}
