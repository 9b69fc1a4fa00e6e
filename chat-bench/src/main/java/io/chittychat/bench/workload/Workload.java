package io.chittychat.bench.workload;

import io.chittychat.bench.report.BenchReport;

/** A measurement. */
public interface Workload {

    /** Its name in options, such as W4. */
    String id();

    /** Whether it runs only if it is named, because it needs what others do not. */
    default boolean isOnRequest() {
        return false;
    }

    /** Runs it. */
    BenchReport.Section run(Bench bench);
}
