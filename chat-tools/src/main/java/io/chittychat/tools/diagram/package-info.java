/** Drawing a conversation as a Lamport space-time diagram, and giving it to other programs. */
@NullMarked
package io.chittychat.tools.diagram;

import org.jspecify.annotations.NullMarked;
