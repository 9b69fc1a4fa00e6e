package io.chittychat.demo.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.process.Await;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.machine.DebianPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A program at a real terminal, which tmux emulates. Not safe for use by several threads. */
final class Tmux implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final String socket = "chitty-" + UUID.randomUUID();

    private final Path status;

    private Tmux(Path dir) {
        status = dir.resolve(socket + ".status");
    }

    /** Sees to it that there is one; says why not if there is none and none can be installed. */
    static Optional<String> install() {
        return isInstalled() ? Optional.empty() : DebianPackages.install("tmux");
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a program; its screen stays when it has ended. */
    static Tmux run(Path dir, List<String> command) {
        Tmux tmux = new Tmux(dir);
        List<String> start = new ArrayList<>(List.of(
                "-f", "/dev/null", "start-server", ";", "set", "-g", "remain-on-exit", "on", ";", "new-session", "-d"));
        start.addAll(List.of("-x", "100", "-y", "24", "-c", dir.toString()));
        // tmux itself does not always learn of it. Ctrl-C is for the program, not for the shell around it.
        start.addAll(List.of("sh", "-c", "trap : INT; \"$@\"; echo $? >\"$0\"", tmux.status.toString()));
        start.addAll(command);
        tmux.tmux(start);
        return tmux;
    }

    /** Types text, without Enter. */
    void type(String text) {
        tmux(List.of("send-keys", "-l", text));
    }

    /** Presses a key, such as {@code Enter} or {@code C-c}. */
    void press(String key) {
        tmux(List.of("send-keys", key));
    }

    void resize(int columns, int rows) {
        tmux(List.of("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
    }

    /** The lines of the screen down to the last that is not empty, without blanks at their ends. */
    List<String> screen() {
        return tmux(List.of("capture-pane", "-p")).stripTrailing().lines().toList();
    }

    /** Waits for what the screen shows; the lines. */
    List<String> await(String what, Predicate<List<String>> shown) {
        try {
            return Await.until(what, BOUND, () -> Optional.of(screen()).filter(shown));
        } catch (ProcessFailedException e) {
            throw new ProcessFailedException(e.getMessage() + "; the screen:\n" + String.join("\n", screen()), e);
        }
    }

    /** Waits until the program has ended; its exit code. */
    int awaitExit() {
        return Await.until(
                "the end of the program",
                BOUND,
                () -> Optional.of(exitCode())
                        .filter(written -> written.endsWith("\n"))
                        .map(written -> Integer.parseInt(written.strip())));
    }

    private String exitCode() {
        try {
            return Files.readString(status);
        } catch (IOException e) {
            return ""; // not there yet
        }
    }

    private String tmux(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().remove("TMUX");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new ProcessFailedException("tmux failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new ProcessFailedException("cannot run tmux: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }

    @Override
    public void close() {
        tmux(List.of("kill-server"));
    }
}
