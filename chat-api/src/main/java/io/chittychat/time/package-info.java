/** Logical time. */
@NullMarked
package io.chittychat.time;

import org.jspecify.annotations.NullMarked;
