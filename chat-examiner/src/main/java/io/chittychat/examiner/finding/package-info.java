/** Requirements, what was found about them, and verdicts. */
@NullMarked
package io.chittychat.examiner.finding;

import org.jspecify.annotations.NullMarked;
