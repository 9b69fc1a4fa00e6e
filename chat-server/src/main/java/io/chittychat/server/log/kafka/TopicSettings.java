package io.chittychat.server.log.kafka;

import java.time.Duration;

/**
 * The topic that is the shared log.
 *
 * @param name the topic's name
 * @param create whether the topic is created if it is missing
 * @param replication the brokers that have a copy of the topic
 * @param minInSync the copies that must have an entry before it counts as written
 * @param synced whether each broker syncs an entry to its disk before it counts as written
 * @param strict whether a topic that promises less is refused
 * @param deliveryTimeout after this time it is unknown whether an entry is in the log
 * @param startTimeout how long a start waits for the brokers
 */
public record TopicSettings(
        String name,
        boolean create,
        int replication,
        int minInSync,
        boolean synced,
        boolean strict,
        Duration deliveryTimeout,
        Duration startTimeout) {}
