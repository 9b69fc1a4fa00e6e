/** The rules for messages, names and searches, and the safe display of other users' text. */
@NullMarked
package io.chittychat.text;

import org.jspecify.annotations.NullMarked;
