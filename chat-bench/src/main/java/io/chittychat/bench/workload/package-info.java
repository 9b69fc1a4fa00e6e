/** The workloads. */
@NullMarked
package io.chittychat.bench.workload;

import org.jspecify.annotations.NullMarked;
