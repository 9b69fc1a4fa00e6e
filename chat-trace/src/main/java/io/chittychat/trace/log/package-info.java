/** Reading the logs that participants and the service write. */
@NullMarked
package io.chittychat.trace.log;

import org.jspecify.annotations.NullMarked;
