/** Generates load as cheaply as possible. */
@NullMarked
package io.chittychat.bench.load;

import org.jspecify.annotations.NullMarked;
