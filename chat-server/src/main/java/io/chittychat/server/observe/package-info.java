/** The operator's view of the service: the service log, health, and meters. */
@NullMarked
package io.chittychat.server.observe;

import org.jspecify.annotations.NullMarked;
