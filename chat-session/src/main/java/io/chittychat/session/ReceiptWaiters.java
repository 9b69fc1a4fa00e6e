package io.chittychat.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The futures that complete when everything up to a Lamport time has been received. Used by the session thread only. */
final class ReceiptWaiters {

    private record Waiter(long lamportTime, CompletableFuture<Void> reached) {}

    private final List<Waiter> waiters = new ArrayList<>();

    /** Completes when everything up to a time has been received; the cursor is the time received so far. */
    CompletableFuture<Void> reached(long lamportTime, long cursor) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        if (lamportTime <= cursor) {
            reached.complete(null);
        } else {
            waiters.add(new Waiter(lamportTime, reached));
        }
        return reached;
    }

    void advancedTo(long cursor) {
        List<Waiter> due =
                waiters.stream().filter(w -> w.lamportTime() <= cursor).toList();
        waiters.removeAll(due);
        due.forEach(waiter -> waiter.reached().complete(null));
    }

    /** Fails all futures. */
    void fail(ChatException failure) {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(waiter -> waiter.reached().completeExceptionally(failure));
    }
}
