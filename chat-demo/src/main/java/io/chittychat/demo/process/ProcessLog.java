package io.chittychat.demo.process;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.text.Logfmt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Is told which processes were started and killed. */
public interface ProcessLog {

    /** Keeps nothing. */
    ProcessLog NONE = (event, child) -> {};

    /**
     * Something happened to a process.
     *
     * @param event {@code started} or {@code killed}
     */
    void happened(String event, ChildProcess child);

    /** Writes a line of logfmt for each: the event, the process's name and its id. Safe for use by several threads. */
    static ProcessLog in(Path file) {
        return (event, child) -> {
            Logfmt line = new Logfmt()
                    .with(TIME, Instant.now().toString())
                    .with(EVENT, event)
                    .with("process", child.name())
                    .with("pid", child.pid());
            try {
                Files.writeString(file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new ProcessFailedException("cannot write " + file + ": " + e, e);
            }
        };
    }
}
