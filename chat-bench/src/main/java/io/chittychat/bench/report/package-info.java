/** Tables, charts and the report. */
@NullMarked
package io.chittychat.bench.report;

import org.jspecify.annotations.NullMarked;
