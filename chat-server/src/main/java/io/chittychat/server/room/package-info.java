/**
 * The state machine: present participants, Lamport time, recent publishes. It is pure: no I/O, no threads, no wall
 * clock, no randomness. The same commands in the same order produce the same events.
 */
@NullMarked
package io.chittychat.server.room;

import org.jspecify.annotations.NullMarked;
