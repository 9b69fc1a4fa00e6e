package io.chittychat.bench.contestant;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.PeerProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A server of another project.
 *
 * @param program its name on the path
 * @param versionOption makes it print its version
 * @param arguments of the program; {@code %FILE} stands for its configuration
 * @param configuration the content of the file; {@code %PORT} stands for its port, {@code %DIR} for its directory
 */
record Peer(
        String label,
        String program,
        String versionOption,
        List<String> arguments,
        String configuration,
        PeerProtocol.Maker clients)
        implements Contestant {

    @Override
    public String id() {
        return label.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        return InstalledProgram.find(program).isPresent() ? Optional.empty() : Optional.of("not on the PATH");
    }

    @Override
    public String version() {
        return InstalledProgram.firstLine(path(), versionOption);
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        Path dir = installation.freshDirectory(directory);
        int port = Loopback.freePort();
        Path file = dir.resolve("server.conf");
        try {
            Files.writeString(
                    file, configuration.replace("%PORT", Integer.toString(port)).replace("%DIR", dir.toString()));
        } catch (IOException e) {
            throw new BenchException("cannot write " + file + ": " + e, e);
        }
        List<String> command = new ArrayList<>(List.of(path().toString()));
        arguments.forEach(argument -> command.add(argument.replace("%FILE", file.toString())));
        ChildProcess process = installation.start(command, dir);
        process.awaitPort(port, MeasuredServer.START_BOUND);
        return new MeasuredServer(process, port, new PeerProtocol(clients));
    }

    private Path path() {
        return InstalledProgram.find(program).orElseThrow(() -> new BenchException(program + " is not on the PATH"));
    }
}
