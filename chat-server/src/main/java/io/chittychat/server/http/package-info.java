/** The HTTP port: probes and scrapes of metrics get through under any load of other connections. */
@org.jspecify.annotations.NullMarked
package io.chittychat.server.http;
