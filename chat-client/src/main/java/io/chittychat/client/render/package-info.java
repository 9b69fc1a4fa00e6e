/** What a terminal shows of the chat: pure functions from what happened to a line. Foreign text is made harmless here. */
@NullMarked
package io.chittychat.client.render;

import org.jspecify.annotations.NullMarked;
