package io.chittychat.bench.workload;

import io.chittychat.bench.report.Report;

/** Something that is measured. */
public interface Workload {

    /** What it is asked for by, such as W4. */
    String id();

    /** Measures it. */
    Report.Section run(Bench bench);
}
