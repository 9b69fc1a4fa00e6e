package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.Protocol;
import io.chittychat.process.ChildProcess;
import java.time.Duration;

/** A server that is measured, on the loopback interface. It ends when it is closed. */
public record MeasuredServer(ChildProcess process, int port, Protocol protocol) implements AutoCloseable {

    /** Many times the usual duration of a start: a busy machine is slow. */
    static final Duration START_BOUND = Duration.ofSeconds(60);

    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        protocol.close();
        process.stop(STOP_BOUND);
    }
}
