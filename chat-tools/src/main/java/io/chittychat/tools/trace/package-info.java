/** Reading the logs that participants write. */
@NullMarked
package io.chittychat.tools.trace;

import org.jspecify.annotations.NullMarked;
