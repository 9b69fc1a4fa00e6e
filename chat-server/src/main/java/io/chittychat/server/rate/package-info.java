/** How often somebody may do something. */
@NullMarked
package io.chittychat.server.rate;

import org.jspecify.annotations.NullMarked;
