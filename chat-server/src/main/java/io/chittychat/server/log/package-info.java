/** Puts commands in order, has the room apply them in that order, and records and shows the result. */
@NullMarked
package io.chittychat.server.log;

import org.jspecify.annotations.NullMarked;
