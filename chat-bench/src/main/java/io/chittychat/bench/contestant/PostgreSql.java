package io.chittychat.bench.contestant;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.PostgresClient.Role;
import io.chittychat.bench.protocol.PostgresProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL with a database of its own. It does not run as root: there it runs as the user {@value #USER}.
 *
 * @param notifies whether a publish also notifies those who listen
 */
record PostgreSql(boolean notifies) implements Contestant {

    private static final String USER = "postgres";

    /** Where Debian has a directory for each version. */
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=" + Loopback.HOST,
            "unix_socket_directories=",
            "max_connections=400",
            "fsync=on",
            "synchronous_commit=on",
            "max_wal_size=8GB");

    /** Lets that user into its directory, wherever that is. */
    private static final List<String> AS_USER = List.of(
            "setpriv",
            "--reuid=" + USER,
            "--regid=" + USER,
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    @Override
    public String id() {
        return notifies ? "postgresql" : "postgresql-insert";
    }

    @Override
    public String label() {
        return notifies ? "PostgreSQL, INSERT + NOTIFY" : "PostgreSQL, INSERT";
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        try {
            if (programs().isEmpty()) {
                return Optional.of("neither on the PATH nor in " + VERSIONS);
            }
            return isRoot() && !InstalledProgram.succeeds(asUser(List.of("true")))
                    ? Optional.of("it does not run as root, and setpriv cannot make it the user " + USER)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("it does not run as root, and there is no setpriv");
        }
    }

    @Override
    public String version() {
        return InstalledProgram.firstLine(program("postgres"), "--version");
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        Path dir = installation.freshDirectory(directory);
        Path data = dir.resolve("data");
        try {
            Files.createDirectory(data);
            if (isRoot()) {
                Files.setOwner(
                        data,
                        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            }
            String initdb = program("initdb").toString();
            ChildProcess init = installation.start(
                    asUser(List.of(
                            initdb, "-D", data.toString(), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")),
                    dir);
            if (init.awaitExit(MeasuredServer.START_BOUND).orElse(1) != 0) {
                throw init.failed("initdb failed; see " + dir);
            }
            int port = Loopback.freePort();
            List<String> command = new ArrayList<>(
                    List.of(program("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
            SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
            ChildProcess process = installation.start(asUser(command), dir);
            process.awaitOutput("ready to accept connections", MeasuredServer.START_BOUND);
            return new MeasuredServer(process, port, new PostgresProtocol(notifies ? Role.NOTIFIER : Role.INSERTER));
        } catch (IOException e) {
            throw new BenchException("cannot start PostgreSQL in " + dir + ": " + e, e);
        }
    }

    private static List<String> asUser(List<String> command) throws IOException {
        return isRoot() ? Stream.concat(AS_USER.stream(), command.stream()).toList() : command;
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    }

    private static Path program(String name) {
        return programs()
                .map(dir -> dir.resolve(name))
                .orElseThrow(() -> new BenchException("PostgreSQL is not installed"));
    }

    /** The directory of the programs: on the path, or that of Debian's newest version. */
    private static Optional<Path> programs() {
        return InstalledProgram.find("postgres").map(Path::getParent).or(PostgreSql::newest);
    }

    private static Optional<Path> newest() {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(dir -> Files.isExecutable(dir.resolve("bin/postgres"))
                            && dir.getFileName().toString().chars().allMatch(Character::isDigit))
                    .max(Comparator.comparingInt(
                            dir -> Integer.parseInt(dir.getFileName().toString())))
                    .map(dir -> dir.resolve("bin"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
