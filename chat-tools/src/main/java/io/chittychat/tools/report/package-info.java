/** What people are shown of verdicts. */
@NullMarked
package io.chittychat.tools.report;

import org.jspecify.annotations.NullMarked;
