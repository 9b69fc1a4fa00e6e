/** What must hold in the logs of a conversation, and whether it does. Pure: from logs to findings. */
@NullMarked
package io.chittychat.trace.check;

import org.jspecify.annotations.NullMarked;
