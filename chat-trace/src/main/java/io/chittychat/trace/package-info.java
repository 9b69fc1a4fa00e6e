/** {@code chitty trace}: reads logs side by side, reports findings, and draws a part. */
@NullMarked
package io.chittychat.trace;

import org.jspecify.annotations.NullMarked;
