/** Renders the chat as lines, by pure functions. Makes the text of other participants harmless. */
@NullMarked
package io.chittychat.client.render;

import org.jspecify.annotations.NullMarked;
