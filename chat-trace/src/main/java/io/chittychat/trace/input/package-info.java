/** The logs to read: finding them in files and directories, and selecting an epoch of the service. */
@NullMarked
package io.chittychat.trace.input;

import org.jspecify.annotations.NullMarked;
