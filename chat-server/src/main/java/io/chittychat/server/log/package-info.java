/** What puts commands in order, and has the room apply them in that order. */
@NullMarked
package io.chittychat.server.log;

import org.jspecify.annotations.NullMarked;
