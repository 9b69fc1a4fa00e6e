/** What tests find on their machine: the checkout, what Debian has, a browser. */
@NullMarked
package io.chittychat.process.machine;

import org.jspecify.annotations.NullMarked;
