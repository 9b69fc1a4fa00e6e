package io.chittychat.session;

import io.chittychat.session.ChatException.Problem;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a session, and the requests that it has not completed. Their futures complete even if the thread is shut
 * down. Safe for use by several threads.
 */
final class SessionThread {

    private static final long CLOSE_SECONDS = 1;

    private final ScheduledExecutorService executor;
    private final boolean owned;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private SessionThread(ScheduledExecutorService executor, boolean owned) {
        this.executor = executor;
        this.owned = owned;
    }

    /** A thread of its own, which drops the callbacks of gRPC after the session is closed. */
    static SessionThread create() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "chat-session");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true); // a cancelled timer would keep the thread until it is due
        return new SessionThread(executor, true);
    }

    /** A thread that the caller shuts down. */
    static SessionThread of(ScheduledExecutorService singleThread) {
        return new SessionThread(singleThread, false);
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    boolean isClosed() {
        return closed;
    }

    /** Runs a request on the thread, on which the returned future completes. */
    <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        answer.whenComplete((value, failure) -> open.remove(answer));
        try {
            executor.execute(() -> {
                try {
                    question.get().whenComplete((value, failure) -> pass(value, failure, answer));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            failOpen();
        }
        if (closed) {
            failOpen();
        }
        return answer;
    }

    /** Runs the last task, waits for it, and fails the open requests. */
    void close(Runnable last) {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                last.run();
            } finally {
                done.complete(null);
            }
        });
        if (owned) {
            executor.shutdown();
        }
        done.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        failOpen();
    }

    private void failOpen() {
        ChatException failure = new ChatException(Problem.SESSION_ENDED, "the session is closed");
        open.forEach(answer -> answer.completeExceptionally(failure));
    }

    /** Completes a future with the result of another one. */
    static <T> void pass(@Nullable T value, @Nullable Throwable failure, CompletableFuture<T> to) {
        if (failure == null) {
            to.complete(value);
        } else {
            to.completeExceptionally(unwrap(failure));
        }
    }

    /** The failure without the wrappers of dependent futures. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? unwrap(cause) : failure;
    }
}
