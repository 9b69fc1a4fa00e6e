/** The servers that are compared: how each is started, and how it is spoken to. */
@NullMarked
package io.chittychat.bench.contestant;

import org.jspecify.annotations.NullMarked;
