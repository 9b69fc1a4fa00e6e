/** The terminal client: commands, where lines come from and where they go. Interactive or fed by a pipe. */
@NullMarked
package io.chittychat.client.shell;

import org.jspecify.annotations.NullMarked;
