/** Starts several nodes of the service, and the brokers of Kafka that order their commands, on one machine. */
@NullMarked
package io.chittychat.cluster;

import org.jspecify.annotations.NullMarked;
