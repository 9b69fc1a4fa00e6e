/** Drawing a conversation as a Lamport space-time diagram, and giving it to other programs. */
@NullMarked
package io.chittychat.trace.diagram;

import org.jspecify.annotations.NullMarked;
