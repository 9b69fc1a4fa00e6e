/** What may be said, what one may be called, and how foreign text is shown without harm. */
@NullMarked
package io.chittychat.text;

import org.jspecify.annotations.NullMarked;
