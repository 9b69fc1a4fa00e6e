/** Scenarios: conversations as text files. */
@NullMarked
package io.chittychat.demo.scenario;

import org.jspecify.annotations.NullMarked;
