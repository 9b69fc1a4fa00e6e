package io.chittychat.bench.workload;

import io.chittychat.bench.report.BenchReport;

/** Something that is measured. */
public interface Workload {

    /** What it is asked for by, such as W4. */
    String id();

    /** Measures it. */
    BenchReport.Section run(Bench bench);
}
