/** Starts programs as processes of their own, waits until they are ready, reads what they print, and ends them. */
@NullMarked
package io.chittychat.process;

import org.jspecify.annotations.NullMarked;
