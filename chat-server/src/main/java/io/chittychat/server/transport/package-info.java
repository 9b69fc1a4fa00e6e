/** The gRPC server: its connections, their limits, threads and encryption. */
@NullMarked
package io.chittychat.server.transport;

import org.jspecify.annotations.NullMarked;
