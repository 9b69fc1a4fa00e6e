package io.chittychat.server;

import io.chittychat.server.config.SettingsCheck;
import io.chittychat.server.store.StoreBackup;
import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tasks that the program does instead of starting the service: {@code --verify [FILE]} checks a store, and
 * {@code --backup FILE} copies the service's store, even while the service uses it.
 */
final class Maintenance {

    private static final String STORE = "chitty.store.file";

    private static final int DONE = 0;
    private static final int FAILED = 1; // the backup failed, or the store is damaged
    private static final int UNKNOWN = 2; // the arguments are incomplete, or the store cannot be checked

    private final Task task;
    private final Optional<Path> named;
    private final String[] arguments;

    private enum Task {
        VERIFY("--verify"),
        BACKUP("--backup");

        private final String option;

        Task(String option) {
            this.option = option;
        }
    }

    private Maintenance(Task task, Optional<Path> named, String[] arguments) {
        this.task = task;
        this.named = named;
        this.arguments = arguments.clone();
    }

    /** The task that the arguments request; empty if they request none. */
    static Optional<Maintenance> askedForBy(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            for (Task task : Task.values()) {
                if (arguments[i].equals(task.option)) {
                    boolean isNamed = i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
                    Optional<Path> file = isNamed ? Optional.of(Path.of(arguments[i + 1])) : Optional.empty();
                    return Optional.of(new Maintenance(task, file, arguments));
                }
                if (arguments[i].startsWith(task.option + "=")) {
                    Path file = Path.of(arguments[i].substring(task.option.length() + 1));
                    return Optional.of(new Maintenance(task, Optional.of(file), arguments));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Runs the task and prints its result.
     *
     * @return the exit code: 0 on success, 1 if the backup failed or the store is damaged, 2 if the arguments are
     *     incomplete or the store cannot be checked
     */
    int run(PrintStream out) {
        return switch (task) {
            case VERIFY -> verify(named.orElseGet(() -> configuredStore(arguments)), out);
            case BACKUP -> backup(out);
        };
    }

    private static int verify(Path store, PrintStream out) {
        try {
            StoreCheck.Report report = StoreCheck.check(store);
            if (report.problems().isEmpty()) {
                out.printf("%s: everything holds; %,d events, %,d present%n", store, report.events(), report.present());
                return DONE;
            }
            report.problems().forEach(problem -> out.printf("%s: %s%n", store, problem));
            return FAILED;
        } catch (StoreException.Damaged e) {
            out.println(e.getMessage());
            return FAILED;
        } catch (StoreException e) {
            out.println(e.getMessage());
            return UNKNOWN;
        }
    }

    private int backup(PrintStream out) {
        if (named.isEmpty()) {
            out.println("Missing target: --backup FILE");
            return UNKNOWN;
        }
        Path copy = named.get();
        Path store = configuredStore(arguments);
        try {
            StoreCheck.Report report = StoreBackup.copy(store, copy);
            out.printf("%s: a copy of %s, checked; %,d events%n", copy, store, report.events());
            return DONE;
        } catch (StoreException e) {
            out.println(e.getMessage());
            return FAILED;
        }
    }

    /**
     * The store that the service would open with the same arguments. It starts an application without other beans,
     * which reads and checks the settings as the service does, from arguments, the environment, files and profiles.
     */
    static Path configuredStore(String... arguments) {
        SpringApplication settings = new SpringApplication(SettingsCheck.class);
        settings.setWebApplicationType(WebApplicationType.NONE);
        settings.setBannerMode(Banner.Mode.OFF);
        settings.setLogStartupInfo(false);
        settings.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = settings.run(arguments)) {
            return Path.of(context.getEnvironment().getRequiredProperty(STORE));
        }
    }
}
