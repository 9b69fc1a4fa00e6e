package io.chittychat.server.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import java.nio.file.Path;

/**
 * What a store takes of its disk, and what is left.
 *
 * <p>Threading: asked by any thread.
 */
public final class DiskMeters implements MeterBinder {

    private final Path store;

    /** @param store the log's own file; others lie beside it */
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
                .description("What is left on the disk of the store")
                .baseUnit("bytes")
                .register(registry);
    }

    private void size(String part, String ending, MeterRegistry registry) {
        File file = new File(store + ending);
        Gauge.builder("chitty.store.size", file, File::length) // 0 if it is not there
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
