/** The newest part of the log, in memory and in wire format, and its delivery to readers. */
@NullMarked
package io.chittychat.server.timeline;

import org.jspecify.annotations.NullMarked;
