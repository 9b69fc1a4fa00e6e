/** Draws a conversation as a Lamport space-time diagram, and exports it to other programs. */
@NullMarked
package io.chittychat.trace.diagram;

import org.jspecify.annotations.NullMarked;
