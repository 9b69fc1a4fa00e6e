package io.chittychat.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Collects the whole heap when what was promoted to its old generation has grown, and sooner when the service is idle. The
 * serial collector of JDK 23 and later lets the old generation grow up to the heap's limit before it collects it, and no
 * serial collector gives memory back before. G1 does both by itself.
 *
 * <p>Threading: one thread calls {@link #look}.
 */
final class HeapCollection {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long IDLE = INTERVAL.toNanos() / 20; // nanoseconds of processor time in an interval
    private static final long GROWN = 64L << 20; // bytes
    private static final long GROWN_WHEN_IDLE = 16L << 20; // bytes

    private final LongSupplier cpuNanos;
    private final LongSupplier usedBytes;
    private final LongSupplier keptBytes;
    private final Runnable collect;
    private long cpu;

    /**
     * @param cpuNanos the processor time of this process so far, in nanoseconds
     * @param usedBytes what the old generation has
     * @param keptBytes what it had after it was last collected
     * @param collect collects the whole heap
     */
    HeapCollection(LongSupplier cpuNanos, LongSupplier usedBytes, LongSupplier keptBytes, Runnable collect) {
        this.cpuNanos = cpuNanos;
        this.usedBytes = usedBytes;
        this.keptBytes = keptBytes;
        this.collect = collect;
        this.cpu = cpuNanos.getAsLong();
    }

    /** Looks every five seconds from now on, on a daemon thread, if this JVM tells what it needs to know. */
    static void start() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return;
        }
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(HeapCollection::isOld)
                .findFirst()
                .ifPresent(old -> start(new HeapCollection(
                        system::getProcessCpuTime, () -> old.getUsage().getUsed(), () -> keptBy(old), memory::gc)));
    }

    private static void start(HeapCollection collection) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "heap-collection");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(collection::look, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean isOld(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP
                && (pool.getName().contains("Tenured") || pool.getName().contains("Old"));
    }

    private static long keptBy(MemoryPoolMXBean old) {
        MemoryUsage collected = old.getCollectionUsage();
        return collected == null ? 0 : collected.getUsed();
    }

    /** Collects if the old generation has grown by much, or by less while there was little to do since the last look. */
    void look() {
        long before = cpu;
        cpu = cpuNanos.getAsLong();
        long kept = keptBytes.getAsLong();
        boolean isIdle = cpu - before < IDLE;
        long most =
                isIdle ? Math.max(GROWN_WHEN_IDLE, kept / 8) : Math.max(GROWN, kept / 2); // a large heap takes longer
        if (usedBytes.getAsLong() - kept > most) {
            collect.run();
        }
    }
}
