package io.chittychat.demo.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A command that is run to its end, in the checkout. */
final class Command {

    private Command() {}

    /**
     * Runs it; what it prints on both of its outputs.
     *
     * @param environment what it finds in its environment besides ours
     * @throws ProcessFailedException if it fails
     */
    static String run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Home.dir().toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new ProcessFailedException(
                        "%s failed with %d: %s".formatted(command, process.exitValue(), output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new ProcessFailedException("cannot run %s: %s".formatted(command, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
