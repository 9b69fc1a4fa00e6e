package io.chittychat.server;

import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code --verify [FILE]}: checks a store instead of starting the service. */
final class Verification {

    private static final String OPTION = "--verify";

    private static final int HOLDS = 0;
    private static final int DOES_NOT_HOLD = 1;
    private static final int CANNOT_TELL = 2;

    private final Path file;

    private Verification(Path file) {
        this.file = file;
    }

    /** The verification that is asked for, if one is. */
    static Optional<Verification> askedForBy(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        Optional<String> joined =
                words.stream().filter(word -> word.startsWith(OPTION + "=")).findFirst();
        if (joined.isPresent()) {
            return Optional.of(new Verification(Path.of(joined.get().substring(OPTION.length() + 1))));
        }
        int at = words.indexOf(OPTION);
        if (at < 0) {
            return Optional.empty();
        }
        boolean named = at + 1 < words.size() && !words.get(at + 1).startsWith("--");
        return Optional.of(new Verification(named ? Path.of(words.get(at + 1)) : StoreFile.configured(arguments)));
    }

    /** Checks, tells, and returns the exit code: 0 if everything holds, 1 if not, 2 if it cannot be told. */
    int run(PrintStream out) {
        try {
            StoreCheck.Report report = StoreCheck.check(file);
            if (report.problems().isEmpty()) {
                out.printf("%s: everything holds; %,d events, %,d present%n", file, report.events(), report.present());
                return HOLDS;
            }
            report.problems().forEach(problem -> out.printf("%s: %s%n", file, problem));
            return DOES_NOT_HOLD;
        } catch (StoreException.Damaged e) {
            out.println(e.getMessage());
            return DOES_NOT_HOLD;
        } catch (StoreException e) {
            out.println(e.getMessage());
            return CANNOT_TELL;
        }
    }
}
