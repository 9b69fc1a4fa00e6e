/** A conversation as a space-time diagram shows it, and how the part that is to be drawn comes from logs. */
@NullMarked
package io.chittychat.trace.spacetime;

import org.jspecify.annotations.NullMarked;
