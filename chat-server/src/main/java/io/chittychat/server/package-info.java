/** The Chitty-Chat service. */
@NullMarked
package io.chittychat.server;

import org.jspecify.annotations.NullMarked;
