/** Participants that make load as cheaply as they can. */
@NullMarked
package io.chittychat.bench.load;

import org.jspecify.annotations.NullMarked;
