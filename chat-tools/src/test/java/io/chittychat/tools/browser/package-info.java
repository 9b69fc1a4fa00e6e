/** A real browser for tests. */
@NullMarked
package io.chittychat.tools.browser;

import org.jspecify.annotations.NullMarked;
