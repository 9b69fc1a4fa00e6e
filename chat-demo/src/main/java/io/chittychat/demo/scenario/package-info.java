/** Scenarios: what is to happen in a conversation, as people write it down. */
@NullMarked
package io.chittychat.demo.scenario;

import org.jspecify.annotations.NullMarked;
