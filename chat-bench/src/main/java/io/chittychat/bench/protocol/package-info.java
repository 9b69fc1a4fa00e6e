/** The client's side of each server's protocol: only as much as fan-out needs. */
@NullMarked
package io.chittychat.bench.protocol;

import org.jspecify.annotations.NullMarked;
