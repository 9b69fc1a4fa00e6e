package io.chittychat.demo.faults;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several who keep the service busy at the same time, each in a thread, until it dies or they are told to stop. */
final class Load {

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(30);

    /** What one of them does. */
    interface Part {
        /**
         * Takes up where it was interrupted and goes on until {@link #stopping}.
         *
         * @throws StatusRuntimeException when the service dies
         */
        void play(Connection connection, Load load) throws InterruptedException;
    }

    private final List<Part> parts;
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Load(List<Part> parts, Ledger ledger) {
        this.parts = List.copyOf(parts);
        this.ledger = ledger;
    }

    void begin(Connection connection) {
        for (Part part : parts) {
            Thread thread = new Thread(() -> play(part, connection), "load-" + part);
            threads.add(thread);
            thread.start();
        }
    }

    private void play(Part part, Connection connection) {
        try {
            part.play(connection, this);
        } catch (StatusRuntimeException e) {
            if (stopping || e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                ledger.problem(part + " was refused: " + e);
            }
        } catch (RuntimeException | InterruptedException e) {
            ledger.problem(part + " failed: " + e);
        }
    }

    boolean stopping() {
        return stopping;
    }

    /** Asks all participants to finish their requests. */
    void stop() {
        stopping = true;
    }

    /** Waits until all participants have noticed that the service is dead, or have finished. */
    void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(END_MILLIS);
            if (thread.isAlive()) {
                ledger.problem(thread.getName() + " does not end");
            }
        }
        threads.clear();
    }
}
