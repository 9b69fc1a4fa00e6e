/**
 * A log that several nodes write and read: each applies all entries, in the same order, to its own room. Which engine orders
 * the entries is not known here.
 */
@NullMarked
package io.chittychat.server.log.cluster;

import org.jspecify.annotations.NullMarked;
