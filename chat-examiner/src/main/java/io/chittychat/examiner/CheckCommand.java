package io.chittychat.examiner;

import io.chittychat.examiner.foreign.CannotExamineException;
import io.chittychat.examiner.foreign.ContractFile;
import io.chittychat.examiner.foreign.ForeignService;
import io.chittychat.examiner.foreign.Reflection;
import io.chittychat.examiner.mapping.Mapping;
import io.chittychat.examiner.mapping.MappingException;
import io.chittychat.examiner.mapping.MappingFile;
import io.chittychat.examiner.participant.Access;
import io.chittychat.examiner.report.CheckJson;
import io.chittychat.examiner.report.CheckReport;
import io.chittychat.examiner.report.Examined;
import io.chittychat.examiner.scenario.Examination;
import io.chittychat.examiner.scenario.Limits;
import io.chittychat.text.SafeText;
import io.grpc.ManagedChannel;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** {@code chitty check}: examines a service from outside. */
public final class CheckCommand {

    /** The service could not be examined. */
    private static final int NOT_EXAMINED = 2;

    private static final int RUNS = 36 * 36 * 36 * 36;

    private final CheckOptions options;
    private final PrintStream out;
    private final PrintStream err;

    private CheckCommand(CheckOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Exits with the exit code of {@link #run}. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * Examines a service.
     *
     * @return the exit code: 0 all that can be seen holds; 1 a requirement fails; 2 the service could not be examined, or
     *     something is not known
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        CheckOptions options = new CheckOptions();
        CommandLine parser = options.parser();
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
            if (options.help()) {
                parser.usage(out, CommandLine.Help.Ansi.OFF);
                return 0;
            }
            return new CheckCommand(options, out, err).run();
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            err.println("chitty check: " + e.getMessage());
            err.println("See chitty check --help.");
            return NOT_EXAMINED;
        } catch (CannotExamineException | MappingException e) {
            err.println("chitty check: " + SafeText.of(String.valueOf(e.getMessage())));
            return NOT_EXAMINED;
        }
    }

    private int run() {
        Access access = options.access(Optional.ofNullable(System.getenv("CHITTY_CLIENT_TOKEN")))
                .requireSafe();
        Mapping mapping = mapping(access);
        String run = "%4s"
                .formatted(Integer.toString(new SecureRandom().nextInt(RUNS), 36))
                .replace(' ', '0');
        err.printf(
                Locale.ROOT,
                "Examining %s at %s.%nAn answer is waited for %d s at most.%n",
                mapping.service(),
                options.address(),
                options.limit().toSeconds());
        Examined examined = new Examined(
                options.address(),
                mapping.service(),
                new Examination(access, mapping, Limits.of(options.limit()), run, err::println).play());
        if (options.json()) {
            out.println(CheckJson.of(examined));
        } else {
            new CheckReport(out).print(examined);
        }
        return examined.exitCode();
    }

    private Mapping mapping(Access access) {
        if (options.mapping().isEmpty()) {
            return MappingFile.ofOwnContract().resolve(name -> ForeignService.ofOwnContract());
        }
        MappingFile file = MappingFile.read(options.mapping().get());
        return file.resolve(name -> options.proto()
                .or(file::proto)
                .map(proto -> ContractFile.service(proto, name))
                .orElseGet(() -> reflected(access, name)));
    }

    private ForeignService reflected(Access access, String name) {
        ManagedChannel channel = access.connect();
        try {
            return new Reflection(channel, options.limit()).service(name);
        } finally {
            channel.shutdownNow();
        }
    }
}
