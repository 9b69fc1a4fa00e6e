/** Property-based tests: a check that must hold for every random case. */
@NullMarked
package io.chittychat.property;

import org.jspecify.annotations.NullMarked;
