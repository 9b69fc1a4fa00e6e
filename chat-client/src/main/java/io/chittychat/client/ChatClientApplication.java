package io.chittychat.client;

import io.chittychat.client.config.ClientArguments;
import io.chittychat.client.config.ClientArguments.Answer;
import io.chittychat.client.config.LogDirectoryCheck;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The terminal client. Exit codes: 0 done, 1 a piped command failed or the client broke, 2 wrong arguments. */
@SpringBootApplication
public class ChatClientApplication {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** Runs the client and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String... args) {
        ClientArguments arguments;
        try {
            arguments = ClientArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("chat-client: " + e.getMessage());
            System.err.println("Try: chat-client --help");
            return USAGE;
        }
        if (arguments.answer().isPresent()) {
            System.out.print(answer(arguments.answer().get()));
            return 0;
        }
        return chat(arguments.settings());
    }

    private static int chat(List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add("--chitty.client.interactive=" + isTerminal());
        SpringApplication application = new SpringApplication(ChatClientApplication.class);
        application.addListeners(new LogDirectoryCheck());
        try {
            return SpringApplication.exit(application.run(all.toArray(new String[0])));
        } catch (RuntimeException e) {
            Throwable root = root(e);
            if (root instanceof IllegalArgumentException) {
                System.err.println("chat-client: " + root.getMessage());
                return USAGE;
            }
            System.err.println("chat-client: cannot start: " + root);
            return FAILED;
        }
    }

    /** Whether both standard input and output are a terminal. */
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base"); // JDK 22 to 24 have a console for pipes, too
        return System.console() != null;
    }

    private static String answer(Answer answer) {
        return switch (answer) {
            case HELP -> ClientArguments.USAGE;
            case VERSION -> {
                String version = ChatClientApplication.class.getPackage().getImplementationVersion();
                yield "chat-client " + (version == null ? "(unpackaged)" : version) + System.lineSeparator();
            }
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
