/** Findings as text for the terminal. */
@NullMarked
package io.chittychat.trace.console;

import org.jspecify.annotations.NullMarked;
