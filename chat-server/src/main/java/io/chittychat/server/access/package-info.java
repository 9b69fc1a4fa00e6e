/** Decides who may join, and under which names, independent of how credentials are sent. */
@NullMarked
package io.chittychat.server.access;

import org.jspecify.annotations.NullMarked;
