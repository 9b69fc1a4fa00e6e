/** What must hold in the logs of a conversation, and whether it does. Pure: from logs to findings. */
@NullMarked
package io.chittychat.tools.check;

import org.jspecify.annotations.NullMarked;
