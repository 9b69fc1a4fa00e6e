/** Measures several nodes, beside the brokers alone and beside the service alone, and what participants see of failures. */
@NullMarked
package io.chittychat.bench.cluster;

import org.jspecify.annotations.NullMarked;
