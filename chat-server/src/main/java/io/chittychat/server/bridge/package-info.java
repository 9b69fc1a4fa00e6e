/** Calls over HTTP: the Connect protocol and gRPC-Web, for every method of a gRPC server. Knows no service. */
@org.jspecify.annotations.NullMarked
package io.chittychat.server.bridge;
