/** The launcher {@code chitty}, tried in a checkout of its own whose Maven and Java are fakes. */
@NullMarked
package io.chittychat.demo.launcher;

import org.jspecify.annotations.NullMarked;
