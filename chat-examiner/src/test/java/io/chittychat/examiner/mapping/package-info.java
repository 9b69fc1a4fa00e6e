/** Tests. */
@NullMarked
package io.chittychat.examiner.mapping;

import org.jspecify.annotations.NullMarked;
