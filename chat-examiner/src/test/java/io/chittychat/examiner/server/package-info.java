/** Services as others may write them. */
@NullMarked
package io.chittychat.examiner.server;

import org.jspecify.annotations.NullMarked;
