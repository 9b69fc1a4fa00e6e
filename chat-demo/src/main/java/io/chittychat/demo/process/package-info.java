/** Participants as processes of their own, their lines to the service, and the directory that they work in. */
@NullMarked
package io.chittychat.demo.process;

import org.jspecify.annotations.NullMarked;
