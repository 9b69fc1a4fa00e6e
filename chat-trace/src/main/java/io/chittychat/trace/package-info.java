/** {@code chitty trace}: reads logs side by side, tells what it found, and draws a part. */
@NullMarked
package io.chittychat.trace;

import org.jspecify.annotations.NullMarked;
