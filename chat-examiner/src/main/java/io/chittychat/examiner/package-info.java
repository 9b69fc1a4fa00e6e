/** The command {@code check}: examines a service from outside. */
@NullMarked
package io.chittychat.examiner;

import org.jspecify.annotations.NullMarked;
