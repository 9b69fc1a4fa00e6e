/** Settings and wiring: the only package that knows all the others, and net.devh. */
@NullMarked
package io.chittychat.client.config;

import org.jspecify.annotations.NullMarked;
