/** What people are shown of what was found. */
@NullMarked
package io.chittychat.tools.console;

import org.jspecify.annotations.NullMarked;
