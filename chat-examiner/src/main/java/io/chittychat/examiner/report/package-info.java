/** Findings as text and as data. */
@NullMarked
package io.chittychat.examiner.report;

import org.jspecify.annotations.NullMarked;
