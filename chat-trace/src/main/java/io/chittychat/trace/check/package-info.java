/** The requirements on the logs of a conversation, and their check. Pure: from logs to findings. */
@NullMarked
package io.chittychat.trace.check;

import org.jspecify.annotations.NullMarked;
