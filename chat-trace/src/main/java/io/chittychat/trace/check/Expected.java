package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import java.util.List;

/**
 * An event that must be: somebody was told so.
 *
 * @param by who was told
 * @param reply the answer that says so
 * @param type {@code joined}, {@code published} or {@code left}
 * @param attempts at the request
 */
record Expected(Testimony by, LogRecord reply, String type, List<Requests.Attempt> attempts) {

    /** It was met, by somebody or by nobody. */
    void met(boolean bySomebody) {
        if (bySomebody) {
            by.requests().settled(attempts);
        } else {
            Requests.missed(attempts, reply.lamport());
        }
    }
}
