/** The durable record of events and sessions, on SQLite. */
@NullMarked
package io.chittychat.server.store;

import org.jspecify.annotations.NullMarked;
