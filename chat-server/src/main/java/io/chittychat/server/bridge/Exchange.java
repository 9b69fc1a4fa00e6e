package io.chittychat.server.bridge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One request and its response over HTTP, on which no thread waits.
 *
 * @param cut cuts the response off without waiting for the client; only for a response that has not ended
 * @param permit the permission for its call
 * @param loop runs short tasks that do not block
 * @param unreadTimeout how long the client may take to read the end of the response
 */
record Exchange(
        AsyncContext async, Runnable cut, Permit permit, ScheduledExecutorService loop, Duration unreadTimeout) {

    HttpServletResponse response() {
        return (HttpServletResponse) async.getResponse();
    }
}
