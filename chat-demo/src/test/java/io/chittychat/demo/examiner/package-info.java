/** The examiner against the packaged service. */
@NullMarked
package io.chittychat.demo.examiner;

import org.jspecify.annotations.NullMarked;
