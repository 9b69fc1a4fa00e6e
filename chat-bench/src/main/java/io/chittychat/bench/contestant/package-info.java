/** The servers that are compared: how each is started, and which protocol it uses. */
@NullMarked
package io.chittychat.bench.contestant;

import org.jspecify.annotations.NullMarked;
