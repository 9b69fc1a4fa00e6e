/** The gRPC server: its connections, their limits, threads and encryption. Knows nothing of what its calls do. */
@NullMarked
package io.chittychat.server.transport;

import org.jspecify.annotations.NullMarked;
