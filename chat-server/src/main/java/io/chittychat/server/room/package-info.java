/**
 * The state machine: who is present, what time it is, which publishes were seen. Pure: no I/O, no threads, no wall
 * clock, no randomness, no Spring. The same commands in the same order give the same events.
 */
@NullMarked
package io.chittychat.server.room;

import org.jspecify.annotations.NullMarked;
