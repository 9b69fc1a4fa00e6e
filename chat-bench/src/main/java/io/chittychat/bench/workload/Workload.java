package io.chittychat.bench.workload;

import io.chittychat.bench.report.BenchReport;

/** A measurement. */
public interface Workload {

    /** Its name in options, such as W4. */
    String id();

    /** Runs it. */
    BenchReport.Section run(Bench bench);
}
