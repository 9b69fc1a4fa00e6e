/** Tests of the command. */
@NullMarked
package io.chittychat.examiner;

import org.jspecify.annotations.NullMarked;
