/** Limits on the rate of actions. */
@NullMarked
package io.chittychat.server.rate;

import org.jspecify.annotations.NullMarked;
