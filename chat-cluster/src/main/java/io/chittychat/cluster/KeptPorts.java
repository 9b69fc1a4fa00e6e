package io.chittychat.cluster;

import io.chittychat.process.Loopback;
import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface that stand in a file, so that processes have them again when they are started again. */
final class KeptPorts {

    private KeptPorts() {}

    /** Returns the ports in a file; none if it is missing. */
    static List<Integer> known(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Integer::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            throw new ProcessFailedException(file + " does not have a port on each line; delete it", e);
        }
    }

    /** Returns the first ports in a file, to which it adds free ones if they are too few. */
    static List<Integer> of(Path file, int count) {
        List<Integer> ports = new ArrayList<>(known(file));
        while (ports.size() < count) {
            ports.add(Loopback.freePort());
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, ports.stream().map(String::valueOf).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(ports.subList(0, count));
    }

    /**
     * Refuses a port that something listens on.
     *
     * @param whose such as {@code broker 1}
     */
    static void requireFree(int port, String whose, Path file) {
        if (Loopback.accepts(port)) {
            throw new ProcessFailedException(
                    "port %d of %s is in use; end what uses it, or delete %s".formatted(port, whose, file));
        }
    }
}
