/** Where the log is kept: implementations of the ports of log and timeline, with a store or without one. */
@NullMarked
package io.chittychat.server.storage;

import org.jspecify.annotations.NullMarked;
