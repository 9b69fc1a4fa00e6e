/** Where the log is kept: the store behind the ports of the log and of the timeline, or nothing behind them. */
@NullMarked
package io.chittychat.server.storage;

import org.jspecify.annotations.NullMarked;
