package io.chittychat.demo.faults.witness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long each of some calls took. Safe for use by several threads. */
public final class Latencies {

    private final List<Long> nanos = new ArrayList<>();

    synchronized void add(long duration) {
        nanos.add(duration);
    }

    /** Forgets them, and gives out what they were. */
    public synchronized Latencies take() {
        Latencies taken = new Latencies();
        taken.nanos.addAll(nanos);
        nanos.clear();
        return taken;
    }

    public synchronized int count() {
        return nanos.size();
    }

    /** In milliseconds: at least that part of the calls took no longer. NaN if there were none. */
    public synchronized double percentile(double part) {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%5d publishes, p50 %6.1f ms, p99 %7.1f ms, longest %7.1f ms",
                count(),
                percentile(0.5),
                percentile(0.99),
                percentile(1));
    }
}
