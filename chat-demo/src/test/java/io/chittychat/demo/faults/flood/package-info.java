/** Floods of HTTP/2 and of what is none, against the service as a process. */
@NullMarked
package io.chittychat.demo.faults.flood;

import org.jspecify.annotations.NullMarked;
