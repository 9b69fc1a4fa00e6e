/** A report in PDF of what the system is and of one run of it; its facts come from the build and from the run. */
@NullMarked
package io.chittychat.demo.report;

import org.jspecify.annotations.NullMarked;
