/** What goes over one connection to each kind of server: no more of each protocol than fan-out needs. */
@NullMarked
package io.chittychat.bench.protocol;

import org.jspecify.annotations.NullMarked;
