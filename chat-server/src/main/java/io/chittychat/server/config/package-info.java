/** Settings and wiring: the only package that knows all other packages. */
@NullMarked
package io.chittychat.server.config;

import org.jspecify.annotations.NullMarked;
