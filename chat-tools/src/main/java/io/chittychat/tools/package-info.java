/** What is made from logs alone. */
@NullMarked
package io.chittychat.tools;

import org.jspecify.annotations.NullMarked;
