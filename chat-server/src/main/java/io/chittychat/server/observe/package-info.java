/** What an operator sees: the service log, health, meters. */
@NullMarked
package io.chittychat.server.observe;

import org.jspecify.annotations.NullMarked;
