/** The baseline: the same contract served as a textbook would. */
@NullMarked
package io.chittychat.bench.textbook;

import org.jspecify.annotations.NullMarked;
