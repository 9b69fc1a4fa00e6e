/** The newest part of the log, in memory and already in wire format, and how it reaches its readers. */
@NullMarked
package io.chittychat.server.timeline;

import org.jspecify.annotations.NullMarked;
