/** {@code chitty bench}: measures the service from outside, in a process of its own. */
@NullMarked
package io.chittychat.bench;

import org.jspecify.annotations.NullMarked;
