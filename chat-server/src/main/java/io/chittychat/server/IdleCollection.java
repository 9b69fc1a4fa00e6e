package io.chittychat.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Collects a heap that has grown, once the load has ended, for a collector that gives memory back only when it collects the whole
 * heap. G1 does that by itself.
 *
 * <p>Threading: one thread calls {@link #look}.
 */
final class IdleCollection {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final long IDLE = INTERVAL.toNanos() / 20; // nanoseconds of processor time in an interval
    private static final long GROWN = 32L << 20; // bytes

    private final LongSupplier cpuNanos;
    private final LongSupplier heapBytes;
    private final Runnable collect;
    private long cpu;
    private long small; // bytes; the heap's size after it was collected

    /**
     * @param cpuNanos the processor time of this process so far, in nanoseconds
     * @param heapBytes the memory that the heap takes
     * @param collect collects the whole heap
     */
    IdleCollection(LongSupplier cpuNanos, LongSupplier heapBytes, Runnable collect) {
        this.cpuNanos = cpuNanos;
        this.heapBytes = heapBytes;
        this.collect = collect;
        this.cpu = cpuNanos.getAsLong();
        this.small = heapBytes.getAsLong();
    }

    /** Looks once a minute from now on, on a daemon thread. */
    static void start() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return; // not this JVM
        }
        IdleCollection idle = new IdleCollection(
                system::getProcessCpuTime, () -> memory.getHeapMemoryUsage().getCommitted(), memory::gc);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "idle-collection");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(idle::look, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** Collects if there was little to do since the last look, and the heap has grown since it was collected. */
    void look() {
        long before = cpu;
        cpu = cpuNanos.getAsLong();
        if (cpu - before < IDLE && heapBytes.getAsLong() > small + GROWN) {
            collect.run();
            small = heapBytes.getAsLong();
        }
    }
}
