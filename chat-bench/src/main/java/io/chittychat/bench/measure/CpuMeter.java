package io.chittychat.bench.measure;

import java.time.Duration;
import java.util.List;

/** Measures time, and processor time of a server, with all its processes, and of this process. */
public final class CpuMeter {

    private final List<Long> server;
    private final long self = ProcessHandle.current().pid();
    private final Duration serverBefore;
    private final Duration selfBefore;
    private final long start = System.nanoTime();

    /**
     * The measured times.
     *
     * @param elapsed by the clock
     * @param server processor time of the server
     * @param generator processor time of this process
     */
    public record Cost(Duration elapsed, Duration server, Duration generator) {

        /** A count per second. */
        public double rate(long count) {
            return count * 1e9 / elapsed.toNanos();
        }

        /** The server's processor time for one of a count, in microseconds. */
        public double serverMicros(long count) {
            return server.toNanos() / 1e3 / count;
        }

        /** This process's processor time for one of a count, in microseconds. */
        public double generatorMicros(long count) {
            return generator.toNanos() / 1e3 / count;
        }
    }

    /** Begins to measure. */
    public CpuMeter(long serverPid) {
        this(List.of(serverPid));
    }

    /**
     * Begins to measure.
     *
     * @param serverPids the ancestors of all processes of the server
     */
    public CpuMeter(List<Long> serverPids) {
        this.server = List.copyOf(serverPids);
        this.serverBefore = serverTime();
        this.selfBefore = ProcessCpu.of(self);
    }

    private Duration serverTime() {
        return server.stream().map(ProcessCpu::ofTree).reduce(Duration.ZERO, Duration::plus);
    }

    /** The times since the beginning. */
    public Cost stop() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Cost(
                elapsed, serverTime().minus(serverBefore), ProcessCpu.of(self).minus(selfBefore));
    }
}
