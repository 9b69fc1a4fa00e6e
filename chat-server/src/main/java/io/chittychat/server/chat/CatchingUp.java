package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.log.CommandLog;
import java.util.function.Consumer;

/**
 * Lets a request wait whose Lamport time is too far ahead of this process: other processes may have brought the log's clock there.
 * So such a request is refused for its time only by a process that knows everything that was accepted before it.
 *
 * <p>Threading: any thread.
 */
public final class CatchingUp {

    private final CommandLog log;
    private final Validation validation;
    private final Workers.Worker worker;

    /** @param worker knows what belongs to the call of a thread */
    public CatchingUp(CommandLog log, Validation validation, Workers.Worker worker) {
        this.log = log;
        this.validation = validation;
        this.worker = worker;
    }

    /** Whether a request with this Lamport time must wait. */
    boolean isNeeded(long time) {
        return log.mayBeBehind() && validation.isTooFarAhead(time);
    }

    /**
     * Runs the task of a request, at once or after the wait. It checks the time again.
     *
     * @param time the request's Lamport time
     * @param refuse takes the error if the wait is too long
     */
    void run(long time, Runnable task, Consumer<Status> refuse) {
        if (isNeeded(time)) {
            log.whenCurrent(worker.inSameCall(task), () -> refuse.accept(Failures.behind()));
        } else {
            task.run();
        }
    }
}
