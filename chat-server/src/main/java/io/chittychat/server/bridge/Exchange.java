package io.chittychat.server.bridge;

import io.grpc.StatusRuntimeException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One request and its response over HTTP, on which no thread waits.
 *
 * @param cut cuts the response off without waiting for the client; only for a response that has not ended
 * @param untaken takes a task if the connection has bytes that the client has not taken, and runs it once the client has, on
 *     a thread that must not be used for long
 * @param permit the permission for its call
 * @param refusal the error of a call whose answer may not be held
 * @param loop runs short tasks that do not block
 * @param unreadTimeout how long the client may take to read the end of the response
 */
record Exchange(
        AsyncContext async,
        Runnable cut,
        Predicate<Runnable> untaken,
        Permit permit,
        Supplier<StatusRuntimeException> refusal,
        ScheduledExecutorService loop,
        Duration unreadTimeout) {

    HttpServletResponse response() {
        return (HttpServletResponse) async.getResponse();
    }
}
