/** The shell: commands, their input and their output, at a terminal or in a pipe. */
@NullMarked
package io.chittychat.client.shell;

import org.jspecify.annotations.NullMarked;
