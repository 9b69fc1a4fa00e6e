package io.chittychat.process.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that a test needs and no build brings along. */
public final class DebianPackages {

    private DebianPackages() {}

    /** Installs missing packages if possible, and otherwise says why not. */
    public static Optional<String> install(String... packages) {
        List<String> command = new ArrayList<>();
        command.add(Home.dir().resolve(".ci/install").toString());
        command.addAll(List.of(packages));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
