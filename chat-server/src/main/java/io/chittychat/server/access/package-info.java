/** Who may join, and under which names. Knows nothing of how credentials travel. */
@NullMarked
package io.chittychat.server.access;

import org.jspecify.annotations.NullMarked;
