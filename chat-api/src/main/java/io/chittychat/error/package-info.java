/** The error contract: reasons, their statuses, and how to read them from a failed call. */
@NullMarked
package io.chittychat.error;

import org.jspecify.annotations.NullMarked;
