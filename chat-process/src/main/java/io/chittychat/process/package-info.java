/** Starts programs as processes of their own, waits until they are ready, reads what they print, and ends them. Relays connections. */
@NullMarked
package io.chittychat.process;

import org.jspecify.annotations.NullMarked;
