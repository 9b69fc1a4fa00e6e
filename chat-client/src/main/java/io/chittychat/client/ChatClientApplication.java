package io.chittychat.client;

import io.chittychat.client.config.BadSetting;
import io.chittychat.client.config.ClientArguments;
import io.chittychat.client.config.ClientArguments.Answer;
import io.chittychat.client.config.ClientRun;
import io.chittychat.client.config.LogDirectoryCheck;
import io.chittychat.client.config.Usage;
import io.chittychat.client.shell.RunOutcome;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.shell.core.autoconfigure.SpringShellAutoConfiguration;

/**
 * The terminal client. Its exit codes are those of {@link RunOutcome}. Spring Shell's auto-configuration would add a terminal,
 * a runner and commands of its own.
 */
@SpringBootApplication(exclude = SpringShellAutoConfiguration.class)
public class ChatClientApplication {

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
            return RunOutcome.USAGE.exitCode();
        }
        if (arguments.answer().isPresent()) {
            System.out.print(answer(arguments.answer().get()));
            return 0;
        }
        return chat(arguments.settings(), arguments.run());
    }

    private static int chat(List<String> settings, ClientRun run) {
        List<String> all = new ArrayList<>(settings);
        all.add("--chitty.client.interactive=" + (run.isConversation() && isTerminal()));
        SpringApplication application = new SpringApplication(ChatClientApplication.class);
        application.addListeners(new LogDirectoryCheck());
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("givenRun", run));
        try {
            return SpringApplication.exit(application.run(all.toArray(new String[0])));
        } catch (RuntimeException e) {
            Throwable root = root(e);
            Optional<String> badSetting = BadSetting.in(e);
            if (badSetting.isPresent()) {
                System.err.println("chat-client: " + badSetting.get());
                return RunOutcome.USAGE.exitCode();
            }
            if (root instanceof IllegalArgumentException) {
                System.err.println("chat-client: " + root.getMessage());
                return RunOutcome.USAGE.exitCode();
            }
            if (root instanceof GeneralSecurityException) {
                System.err.println(
                        "chat-client: cannot use a file of --tls-ca, --tls-cert or --tls-key: " + root.getMessage());
                return RunOutcome.USAGE.exitCode();
            }
            System.err.println("chat-client: cannot start: " + root);
            return RunOutcome.FAILED.exitCode();
        }
    }

    /** Whether both standard input and output are a terminal. */
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base"); // JDK 22 to 24 have a console for pipes, too
        return System.console() != null;
    }

    private static String answer(Answer answer) {
        return switch (answer) {
            case HELP -> Usage.text();
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
