/** {@code chitty trace}: reads logs side by side, checks them, and builds the part to be drawn. */
@NullMarked
package io.chittychat.tools.command;

import org.jspecify.annotations.NullMarked;
