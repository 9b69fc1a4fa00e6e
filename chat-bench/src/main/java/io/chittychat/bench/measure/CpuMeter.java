package io.chittychat.bench.measure;

import java.time.Duration;

/** Watches what a piece of work takes: time, and processor time of the server and of ourselves. */
public final class CpuMeter {

    private final long server;
    private final long self = ProcessHandle.current().pid();
    private final Duration serverBefore;
    private final Duration selfBefore;
    private final long start = System.nanoTime();

    /**
     * What a piece of work took.
     *
     * @param elapsed by the clock
     * @param server processor time of the server
     * @param generator processor time of this process
     */
    public record Cost(Duration elapsed, Duration server, Duration generator) {

        /** So many a second. */
        public double rate(long count) {
            return count * 1e9 / elapsed.toNanos();
        }

        /** The server's processor time for each, in microseconds. */
        public double serverMicros(long count) {
            return server.toNanos() / 1e3 / count;
        }

        /** This process's processor time for each, in microseconds. */
        public double generatorMicros(long count) {
            return generator.toNanos() / 1e3 / count;
        }
    }

    /** Begins. */
    public CpuMeter(long serverPid) {
        this.server = serverPid;
        this.serverBefore = ProcessCpu.of(serverPid);
        this.selfBefore = ProcessCpu.of(self);
    }

    /** What it took since the beginning. */
    public Cost stop() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Cost(
                elapsed,
                ProcessCpu.of(server).minus(serverBefore),
                ProcessCpu.of(self).minus(selfBefore));
    }
}
