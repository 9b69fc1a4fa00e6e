/** Settings and wiring: the only package that knows all the others. */
@NullMarked
package io.chittychat.server.config;

import org.jspecify.annotations.NullMarked;
