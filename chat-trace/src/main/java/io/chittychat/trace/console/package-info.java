/** What people are shown of what was found. */
@NullMarked
package io.chittychat.trace.console;

import org.jspecify.annotations.NullMarked;
