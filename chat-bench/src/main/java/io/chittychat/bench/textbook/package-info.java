/** The baseline: a textbook server of the same contract. */
@NullMarked
package io.chittychat.bench.textbook;

import org.jspecify.annotations.NullMarked;
