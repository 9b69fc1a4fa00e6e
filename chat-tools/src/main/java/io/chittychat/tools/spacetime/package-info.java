/** From logs to the part of a conversation that is to be drawn. */
@NullMarked
package io.chittychat.tools.spacetime;

import org.jspecify.annotations.NullMarked;
