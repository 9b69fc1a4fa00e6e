/** Floods of HTTP/2 and of other bytes, against the service as a process. */
@NullMarked
package io.chittychat.demo.faults.flood;

import org.jspecify.annotations.NullMarked;
