/** The Chitty-Chat client program. */
@NullMarked
package io.chittychat.client;

import org.jspecify.annotations.NullMarked;
