/** The shared log as a topic of Kafka with one partition. Only this package uses Kafka's client. */
@NullMarked
package io.chittychat.server.log.kafka;

import org.jspecify.annotations.NullMarked;
