package io.chittychat.server.observe;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time for the line that the service log has of each publish, in nanoseconds, and for its meter; lines are dropped. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallLineBenchmark {

    private final ServiceLog log =
            new ServiceLog(new CallMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)), false);
    private long time = 1_000_000;

    /** Sends lines to nowhere. */
    @Setup
    public void dropLines() {
        DroppedLines.attach();
    }

    /** The line of a message that was accepted. */
    @Benchmark
    public void line() {
        time++;
        log.call("PublishStream", "participant 17", time, time + 1, "OK", "");
    }

    /** The meter of a message that was accepted. */
    @Benchmark
    public void meter() {
        log.acknowledged(System.nanoTime());
    }
}
