/** Scenarios: what is to happen in a conversation, as people write it down. */
@NullMarked
package io.chittychat.tools.scenario;

import org.jspecify.annotations.NullMarked;
