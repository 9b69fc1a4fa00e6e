package io.chittychat.server.transport;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.chat.Workers;
import io.grpc.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for calls that may wait for the disk or another service, because event loops must not wait. There are few of
 * them, so that the room thread has a core under any load. A call is refused at once if too many others are queued.
 * gRPC itself must not get such an executor: a call that the executor rejects would never end.
 *
 * <p>Threading: any thread.
 */
public final class CallThreads implements Workers.Worker, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);
    private static final int QUEUE = 1000; // calls
    private static final int PER_CALLER = 100; // calls, so that one caller cannot fill the queue

    private final String what;
    private final ExecutorService threads;
    private final Counts<Object> callers = new Counts<>();

    /**
     * Creates the threads.
     *
     * @param role the prefix of the threads' names, such as {@code search}
     * @param what the kind of calls in the plural, for messages to callers that are refused
     * @param count the number of threads
     */
    public CallThreads(String role, String what, int count) {
        this(what, pool(role, count));
    }

    /** @param threads runs the calls; must reject a task when too many are queued */
    public CallThreads(String what, ExecutorService threads) {
        this.what = what;
        this.threads = threads;
    }

    private static ExecutorService pool(String role, int count) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, role + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void run(Object caller, Consumer<Status> refuse, Runnable work, Runnable ended) {
        WatchedConnection connection = CallLimit.connection();
        if (!callers.add(caller, PER_CALLER)) {
            ended.run();
            refuse(refuse, connection, "too many of your " + what + " are waiting; retry later");
            return;
        }
        Runnable done = () -> {
            callers.remove(caller);
            ended.run();
        };
        Context context = Context.current();
        try {
            threads.execute(() -> {
                try {
                    if (!context.isCancelled()) {
                        answer(refuse, work, connection);
                    }
                } catch (RuntimeException | Error e) { // known failures are answered by the work itself
                    LOG.error("A call of {} failed", what, e);
                    refuse.accept(Failures.internal());
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException e) {
            done.run();
            if (threads.isShutdown()) {
                refuse.accept(Failures.shuttingDown());
            } else {
                refuse(refuse, connection, "too many " + what + " are waiting; retry later");
            }
        }
    }

    @Override
    public Runnable inSameCall(Runnable task) {
        return Context.current().wrap(task);
    }

    private static void refuse(Consumer<Status> refuse, @Nullable WatchedConnection connection, String why) {
        if (connection != null) {
            connection.refused();
        }
        refuse.accept(Failures.retry(ErrorReason.RATE_LIMITED, why));
    }

    /**
     * Refuses a call whose client has stopped reading since the call was queued. After a reply it waits until the reply
     * has been written, so that the next call sees how many bytes the client has not read.
     */
    private static void answer(Consumer<Status> refuse, Runnable work, @Nullable WatchedConnection connection) {
        if (connection != null && connection.isCongested()) {
            refuse(refuse, connection, "too many replies are not read; read them, then retry");
        } else {
            work.run();
            if (connection != null) {
                connection.awaitWritten();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
