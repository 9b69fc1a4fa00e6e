/** How figures are shown. */
@NullMarked
package io.chittychat.bench.report;

import org.jspecify.annotations.NullMarked;
