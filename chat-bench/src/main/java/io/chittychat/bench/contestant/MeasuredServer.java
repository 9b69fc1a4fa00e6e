package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.Protocol;
import io.chittychat.process.ChildProcess;
import java.time.Duration;
import java.util.List;

/**
 * A server that is measured, on the loopback interface. It ends when it is closed.
 *
 * @param port for publishers
 * @param receiverPort for receivers
 * @param helpers processes that it needs, and that do none of its work; they end after it
 */
public record MeasuredServer(
        ChildProcess process, int port, int receiverPort, Protocol protocol, List<ChildProcess> helpers)
        implements AutoCloseable {

    /** Many times the usual duration of a start: a busy machine is slow. */
    static final Duration START_BOUND = Duration.ofSeconds(60);

    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    /** A server with one port for all clients. */
    public MeasuredServer(ChildProcess process, int port, Protocol protocol, List<ChildProcess> helpers) {
        this(process, port, port, protocol, helpers);
    }

    /** The same, which needs no other process. */
    MeasuredServer(ChildProcess process, int port, Protocol protocol) {
        this(process, port, protocol, List.of());
    }

    /** The process that is the ancestor of all that do its work. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        protocol.close();
        process.stop(STOP_BOUND);
        helpers.forEach(helper -> helper.stop(STOP_BOUND));
    }
}
