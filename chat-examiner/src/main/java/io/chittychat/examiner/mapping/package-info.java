/** The words of another service's contract, mapped to the words of the assignment. */
@NullMarked
package io.chittychat.examiner.mapping;

import org.jspecify.annotations.NullMarked;
