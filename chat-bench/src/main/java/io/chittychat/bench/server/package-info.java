/** Starts the servers that are measured. */
@NullMarked
package io.chittychat.bench.server;

import org.jspecify.annotations.NullMarked;
