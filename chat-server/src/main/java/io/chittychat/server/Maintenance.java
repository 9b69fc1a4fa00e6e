package io.chittychat.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.config.SettingsCheck;
import io.chittychat.server.store.Head;
import io.chittychat.server.store.StoreBackup;
import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tasks that the program does instead of starting the service: {@code --verify [--head] [--against LINE] [FILE]} checks a store,
 * and {@code --backup [--as-seed] FILE} copies the service's store, even while the service uses it.
 */
final class Maintenance {

    private static final String STORE = "chitty.store.file";
    private static final String HEAD = "--head";
    private static final String AGAINST = "--against";
    private static final String AS_SEED = "--as-seed";

    private static final int DONE = 0;
    private static final int FAILED = 1; // the backup failed, or the store is damaged
    private static final int UNKNOWN = 2; // the arguments are incomplete, or the store cannot be checked

    private final Task task;
    private final Optional<Path> named;
    private final boolean headOnly;
    private final boolean asSeed;
    private final Optional<String> against;
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
        this.headOnly = Arrays.asList(arguments).contains(HEAD);
        this.asSeed = Arrays.asList(arguments).contains(AS_SEED);
        this.against = valueOf(AGAINST, arguments);
        this.named = named;
        this.arguments = arguments.clone();
    }

    /** The task that the arguments request; empty if they request none. */
    static Optional<Maintenance> askedForBy(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            for (Task task : Task.values()) {
                if (arguments[i].equals(task.option)) {
                    return Optional.of(new Maintenance(task, named(arguments, i + 1), arguments));
                }
                if (arguments[i].startsWith(task.option + "=")) {
                    Path file = Path.of(arguments[i].substring(task.option.length() + 1));
                    return Optional.of(new Maintenance(task, Optional.of(file), arguments));
                }
            }
        }
        return Optional.empty();
    }

    /** The first argument from a place on that is no option, nor the value of one. */
    private static Optional<Path> named(String[] arguments, int from) {
        for (int i = from; i < arguments.length; i++) {
            if (arguments[i].equals(AGAINST)) {
                i++;
            } else if (!arguments[i].startsWith("--")) {
                return Optional.of(Path.of(arguments[i]));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> valueOf(String option, String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(option + "=")) {
                return Optional.of(arguments[i].substring(option.length() + 1));
            }
            if (arguments[i].equals(option)) {
                return Optional.of(i + 1 < arguments.length ? arguments[i + 1] : "");
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
        if (LoggerFactory.getLogger("org.flywaydb") instanceof Logger migrations) {
            migrations.setLevel(Level.WARN); // the result is the output
        }
        return switch (task) {
            case VERIFY -> verify(named.orElseGet(() -> configuredStore(arguments)), out);
            case BACKUP -> backup(out);
        };
    }

    private int verify(Path store, PrintStream out) {
        Optional<Head> earlier = against.flatMap(Head::parse);
        if (against.isPresent() && earlier.isEmpty()) {
            out.println("Not a head: " + AGAINST + " takes the line that --verify " + HEAD
                    + " printed: epoch, Lamport time and digest");
            return UNKNOWN;
        }
        try {
            if (headOnly) {
                out.println(StoreCheck.head(store));
                return DONE;
            }
            StoreCheck.Report report = StoreCheck.check(store, earlier, Maintenance::showProgress);
            if (report.problems().isEmpty()) {
                out.printf("%s: everything holds; %,d events, %,d present%n", store, report.events(), report.present());
                earlier.ifPresent(head -> out.println(contained(store, head, report.head())));
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

    private static String contained(Path store, Head earlier, Head now) {
        String contained = store + ": it contains all that it contained at Lamport time " + earlier.lamportTime();
        return earlier.epoch().equals(now.epoch())
                ? contained
                : contained + ", as another life of the log: " + now.epoch();
    }

    /** For a person who waits. */
    private static void showProgress(long events) {
        if (System.console() != null) {
            System.err.printf("\r%,d events checked\r", events);
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
            StoreCheck.Report report = asSeed ? StoreBackup.copyAsSeed(store, copy) : StoreBackup.copy(store, copy);
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
