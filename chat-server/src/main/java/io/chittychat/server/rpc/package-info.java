/** The service as gRPC: requests become commands, results become replies, slices of the timeline become streams. */
@NullMarked
package io.chittychat.server.rpc;

import org.jspecify.annotations.NullMarked;
