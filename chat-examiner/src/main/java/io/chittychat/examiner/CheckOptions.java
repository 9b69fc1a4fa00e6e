package io.chittychat.examiner;

import io.chittychat.examiner.participant.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of {@code chitty check}. */
@Command(
        name = "chitty check",
        synopsisHeading = "usage: ",
        customSynopsis = "chitty check ADDRESS [OPTIONS]",
        sortOptions = false,
        description = {
            "",
            "Examines a service of the Chitty-Chat assignment from outside, in any language: six and more participants join,"
                    + " publish, leave, crash, publish at the same time, and read slowly; what they are told is compared with"
                    + " R1 to R8. They have names such as ada-k3f9, and others may be in the chat, too.",
            "",
            "A service with another contract than this system's is described by a small mapping file; docs/check.md has"
                    + " examples.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  chitty check localhost:9090",
            "  chitty check localhost:5400 --mapping ours.yml --proto grpc/chat.proto",
            "",
            "exit code: 0 all that can be seen holds; 1 a requirement fails; 2 the arguments are wrong, the service could not be"
                    + " examined, or something is not known"
        })
final class CheckOptions {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\s:/\\[\\]]+)):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;
    private static final int MOST_SECONDS = 600;

    @Parameters(arity = "1", paramLabel = "ADDRESS", description = "HOST:PORT of the service.")
    private String address = "";

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How the assignment's words are spoken to this service (default: as to chittychat.v1).")
    private Optional<Path> mapping = Optional.empty();

    @Option(
            names = "--proto",
            paramLabel = "FILE",
            description =
                    "The .proto of the service, or its descriptors as protoc writes them (default: as the mapping says,"
                            + " or by server reflection).")
    private Optional<Path> proto = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description =
                    "How long an answer or a message is waited for (default: ${DEFAULT-VALUE}); for the leave of one who"
                            + " crashed three times as long.",
            defaultValue = "10")
    private int wait = 10;

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Token, sent with each call; or set CHITTY_CLIENT_TOKEN.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--tls", description = "Encrypt; trust the same certificates as Java does.")
    private boolean tls;

    @Option(names = "--tls-ca", paramLabel = "FILE", description = "Encrypt; trust these certificates (PEM).")
    private Optional<Path> tlsCa = Optional.empty();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Encrypt; present this certificate (PEM).")
    private Optional<Path> tlsCert = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Key of the presented certificate (PEM).")
    private Optional<Path> tlsKey = Optional.empty();

    @Option(names = "--tls-authority", paramLabel = "HOST", description = "Encrypt; expect a certificate for HOST.")
    private Optional<String> tlsAuthority = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    /** A parser of arguments into these options. */
    CommandLine parser() {
        return new CommandLine(this)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(80);
    }

    /**
     * Where the service is.
     *
     * @param environmentToken the token in the environment; empty if there is none
     * @throws IllegalArgumentException if the options do not fit, with a sentence for the user
     */
    Access access(Optional<String> environmentToken) {
        Matcher parts = ADDRESS.matcher(address);
        require(parts.matches(), "'" + address + "' is no address; give HOST:PORT");
        int port = Integer.parseInt(parts.group(3));
        require(port >= 1 && port <= MOST_PORT, "a port is from 1 to " + MOST_PORT);
        require(wait >= 1 && wait <= MOST_SECONDS, "--wait is from 1 to " + MOST_SECONDS + " s");
        require(tlsCert.isPresent() == tlsKey.isPresent(), "--tls-cert and --tls-key belong together");
        boolean encrypted = tls || tlsCa.isPresent() || tlsCert.isPresent() || tlsAuthority.isPresent();
        Stream.of(tlsCa, tlsCert, tlsKey, tokenFile, mapping, proto)
                .flatMap(Optional::stream)
                .forEach(file -> require(Files.isReadable(file), "cannot read " + file));
        String host = Optional.ofNullable(parts.group(1)).orElseGet(() -> parts.group(2));
        return new Access(
                host,
                port,
                encrypted ? Optional.of(new Access.Tls(tlsCa, tlsCert, tlsKey, tlsAuthority)) : Optional.empty(),
                tokenFile.map(CheckOptions::read).or(() -> environmentToken));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    String address() {
        return address;
    }

    Optional<Path> mapping() {
        return mapping;
    }

    Optional<Path> proto() {
        return proto;
    }

    /** How long is waited. */
    Duration limit() {
        return Duration.ofSeconds(wait);
    }

    boolean json() {
        return json;
    }

    boolean help() {
        return help;
    }
}
