/** Measurements of processes and rounds. */
@NullMarked
package io.chittychat.bench.measure;

import org.jspecify.annotations.NullMarked;
