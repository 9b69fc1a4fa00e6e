package io.chittychat.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process failed; the message is a sentence for the user. */
public final class ProcessFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String process;
    private final ArrayList<String> printed; // serializable, as the whole exception is

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
     * @param printed the last lines that it printed
     */
    ProcessFailedException(String message, String process, List<String> printed) {
        super(message);
        this.process = process;
        this.printed = new ArrayList<>(printed);
    }

    /** The name of the process that failed; empty if none ran. */
    public String process() {
        return process;
    }

    /** The last lines that it printed. */
    public List<String> printed() {
        return List.copyOf(printed);
    }
}
