package io.chittychat.server;

import io.chittychat.server.store.StoreBackup;
import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code --backup TO}: copies the store, which a service may be using, instead of starting the service. */
final class Backup {

    private static final String OPTION = "--backup";

    private final Path from;
    private final Optional<Path> to;

    private Backup(Path from, Optional<Path> to) {
        this.from = from;
        this.to = to;
    }

    /** The backup that is asked for, if one is. */
    static Optional<Backup> askedForBy(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        Optional<String> joined =
                words.stream().filter(word -> word.startsWith(OPTION + "=")).findFirst();
        if (joined.isPresent()) {
            return Optional.of(new Backup(
                    StoreFile.configured(arguments),
                    Optional.of(Path.of(joined.get().substring(OPTION.length() + 1)))));
        }
        int at = words.indexOf(OPTION);
        if (at < 0) {
            return Optional.empty();
        }
        boolean named = at + 1 < words.size() && !words.get(at + 1).startsWith("--");
        Path from = StoreFile.configured(arguments);
        return Optional.of(new Backup(from, named ? Optional.of(Path.of(words.get(at + 1))) : Optional.empty()));
    }

    /** Copies, tells, and returns the exit code: 0 if the copy is there and in order, 1 if not, 2 if nobody said where to. */
    int run(PrintStream out) {
        if (to.isEmpty()) {
            out.println("Where to? Name the file to make: --backup FILE");
            return 2;
        }
        try {
            StoreCheck.Report report = StoreBackup.copy(from, to.get());
            out.printf("%s: a copy of %s, checked; %,d events%n", to.get(), from, report.events());
            return 0;
        } catch (StoreException e) {
            out.println(e.getMessage());
            return 1;
        }
    }
}
