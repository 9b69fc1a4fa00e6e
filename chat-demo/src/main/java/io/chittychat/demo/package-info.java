/** The demonstration: plays a conversation with a service and participants as separate processes. */
@NullMarked
package io.chittychat.demo;

import org.jspecify.annotations.NullMarked;
