/** How long the service takes to start, and what it takes for being there. */
@NullMarked
package io.chittychat.bench.start;

import org.jspecify.annotations.NullMarked;
