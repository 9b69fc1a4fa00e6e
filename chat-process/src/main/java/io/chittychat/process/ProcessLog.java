package io.chittychat.process;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.text.Logfmt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Receives starts and kills of processes, and what else is done to them. */
public interface ProcessLog {

    /** The key of a process's name. */
    String PROCESS = "process";

    /** The key of a process's id. */
    String PID = "pid";

    /** The event of a process that loses its connections. */
    String CUT_OFF = "cut_off";

    /** The event of a process that may connect again. */
    String BACK = "back";

    /** Ignores them. */
    ProcessLog NONE = (event, child) -> {};

    /**
     * A process was started or killed, or is cut off or back.
     *
     * @param event {@code started}, {@code killed}, {@link #CUT_OFF} or {@link #BACK}
     */
    void happened(String event, ChildProcess child);

    /** Appends a line of logfmt for each: the event, the process's name and its id. Safe for use by several threads. */
    static ProcessLog in(Path file) {
        return (event, child) -> {
            Logfmt line = new Logfmt()
                    .with(TIME, Instant.now().toString())
                    .with(EVENT, event)
                    .with(PROCESS, child.name())
                    .with(PID, child.pid());
            try {
                Files.writeString(file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new ProcessFailedException("cannot write " + file + ": " + e, e);
            }
        };
    }
}
