package io.chittychat.server.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import java.nio.file.Path;

/**
 * The meters of a store's files and of the free space on their disk.
 *
 * <p>Threading: any thread.
 */
public final class DiskMeters implements MeterBinder {

    private final Path store;

    /** @param store the log's main file; the store's other files are beside it */
    public DiskMeters(Path store) {
        this.store = store.toAbsolutePath();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        size("log", "", registry);
        size("wal", "-wal", registry);
        size("reserve", ".reserve", registry);
        size("index", ".search", registry);
        size("index-wal", ".search-wal", registry);
        Gauge.builder("chitty.store.usable", store.getParent(), DiskMeters::usable)
                .description("Free space on the disk of the store")
                .baseUnit("bytes")
                .register(registry);
    }

    private void size(String part, String ending, MeterRegistry registry) {
        File file = new File(store + ending);
        Gauge.builder("chitty.store.size", file, File::length) // 0 if the file does not exist
                .description("Size of the files of the store")
                .baseUnit("bytes")
                .tag("part", part)
                .strongReference(true)
                .register(registry);
    }

    private static double usable(Path directory) {
        return directory.toFile().getUsableSpace();
    }
}
