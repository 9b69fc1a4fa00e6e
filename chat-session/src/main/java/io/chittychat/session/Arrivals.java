package io.chittychat.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits until everything up to a Lamport time was received. Used by the session thread only. */
final class Arrivals {

    private record Waiter(long lamportTime, CompletableFuture<Void> reached) {}

    private final List<Waiter> waiters = new ArrayList<>();

    /** Completes when everything up to a time was received, given what was received up to now. */
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

    /** Nothing more arrives. */
    void fail(ChatException failure) {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(waiter -> waiter.reached().completeExceptionally(failure));
    }
}
