/** The contract's service over gRPC: requests are parsed and passed to the chat, its answers and slices are sent. */
@NullMarked
package io.chittychat.server.rpc;

import org.jspecify.annotations.NullMarked;
