package io.chittychat.server.chat;

import com.google.rpc.Status;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The order of the messages of one stream. If one of them must wait until this process has caught up, later ones wait behind it.
 *
 * <p>Threading: the stream's thread gives the messages; they run on it, or on the thread that ends a wait.
 */
public final class MessageOrder {

    private final CatchingUp catchingUp;
    private final Queue<Message> waiting = new ArrayDeque<>(); // guarded by this; the first one is under way
    private volatile boolean anyWaits; // the stream's thread sets it, the thread that ends the last wait clears it

    private record Message(long time, Runnable task, Consumer<Status> refuse) {}

    MessageOrder(CatchingUp catchingUp) {
        this.catchingUp = catchingUp;
    }

    /** Whether a message with this Lamport time need not wait. The stream's thread calls it. */
    boolean isFree(long time) {
        return !anyWaits && !catchingUp.isNeeded(time);
    }

    /**
     * Runs the task of a message, after those of all messages before it.
     *
     * @param time the message's Lamport time
     * @param refuse takes the error if the wait is too long
     */
    void run(long time, Runnable task, Consumer<Status> refuse) {
        Message message = new Message(time, task, refuse);
        synchronized (this) {
            anyWaits = true;
            waiting.add(message);
            if (waiting.size() > 1) {
                return;
            }
        }
        begin(message);
    }

    private void begin(Message message) {
        catchingUp.run(
                message.time(),
                () -> {
                    try {
                        message.task().run();
                    } finally {
                        endedFirst();
                    }
                },
                status -> {
                    try {
                        message.refuse().accept(status);
                    } finally {
                        endedFirst();
                    }
                });
    }

    private void endedFirst() {
        Message next;
        synchronized (this) {
            waiting.remove();
            next = waiting.peek();
            anyWaits = next != null;
        }
        if (next != null) {
            begin(next);
        }
    }
}
