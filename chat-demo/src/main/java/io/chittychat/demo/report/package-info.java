/** Makes a PDF report of the system and of one run, with facts of the build and of the run. */
@NullMarked
package io.chittychat.demo.report;

import org.jspecify.annotations.NullMarked;
