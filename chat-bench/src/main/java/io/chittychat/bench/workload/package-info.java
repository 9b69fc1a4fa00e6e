/** The workloads, from W1 to W6. */
@NullMarked
package io.chittychat.bench.workload;

import org.jspecify.annotations.NullMarked;
