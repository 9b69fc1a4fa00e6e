package io.chittychat.demo.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process did not do what it was started for; the message says why in a sentence for people. */
public final class ProcessFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String process;
    private final ArrayList<String> printed; // a list that can be serialised, as all of an exception can

    public ProcessFailedException(String message) {
        this(message, null);
    }

    public ProcessFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.process = "";
        this.printed = new ArrayList<>();
    }

    /**
     * The failure of a process that ran.
     *
     * @param process its name
     * @param printed the last lines that it printed, which may tell more
     */
    ProcessFailedException(String message, String process, List<String> printed) {
        super(message);
        this.process = process;
        this.printed = new ArrayList<>(printed);
    }

    /** The name of the process that failed; empty if it was none that ran. */
    public String process() {
        return process;
    }

    /** The last lines that it printed. */
    public List<String> printed() {
        return List.copyOf(printed);
    }
}
