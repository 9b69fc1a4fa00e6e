/** The HTTP port: probes and metrics get through, whatever else comes. */
@org.jspecify.annotations.NullMarked
package io.chittychat.server.http;
