/** The model of a space-time diagram, and how it is built from logs. */
@NullMarked
package io.chittychat.trace.spacetime;

import org.jspecify.annotations.NullMarked;
