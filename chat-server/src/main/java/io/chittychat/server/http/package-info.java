/**
 * The HTTP port: probes and scrapes of metrics get through under any load of other connections, and web pages of others
 * do not get through.
 */
@org.jspecify.annotations.NullMarked
package io.chittychat.server.http;
