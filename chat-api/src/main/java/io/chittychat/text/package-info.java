/** The rules for messages, names and searches, the safe display of other users' text, and log records. */
@NullMarked
package io.chittychat.text;

import org.jspecify.annotations.NullMarked;
