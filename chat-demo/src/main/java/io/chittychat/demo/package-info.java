/** The demonstration: a service and its participants as separate processes, driven through a conversation. */
@NullMarked
package io.chittychat.demo;

import org.jspecify.annotations.NullMarked;
