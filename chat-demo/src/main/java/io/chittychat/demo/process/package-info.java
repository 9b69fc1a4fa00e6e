/** The service and its participants as processes of their own, started, watched and ended by whoever runs them. */
@NullMarked
package io.chittychat.demo.process;

import org.jspecify.annotations.NullMarked;
