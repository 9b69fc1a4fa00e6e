/** The page in a real browser, with the packed service. */
@NullMarked
package io.chittychat.demo.page;

import org.jspecify.annotations.NullMarked;
