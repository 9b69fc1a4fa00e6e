/** What settings may be, and what is said of one that is not possible. */
@NullMarked
package io.chittychat.server.setting;

import org.jspecify.annotations.NullMarked;
