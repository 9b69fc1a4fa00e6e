/** The time that the service takes to start, and its memory then. */
@NullMarked
package io.chittychat.bench.start;

import org.jspecify.annotations.NullMarked;
