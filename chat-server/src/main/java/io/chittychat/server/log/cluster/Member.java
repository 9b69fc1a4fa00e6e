package io.chittychat.server.log.cluster;

/**
 * What the log knows of a node.
 *
 * @param author its newest life
 * @param next the number of its next proposal
 * @param heardAt the time of windows of its newest entry, in microseconds
 * @param endedAt the time of windows at which its life ended, in microseconds; -1 while it lives
 */
public record Member(Author author, long next, long heardAt, long endedAt) {

    boolean isPresent() {
        return endedAt < 0;
    }

    Member heard(long nextNumber, long now) {
        return new Member(author, nextNumber, now, endedAt);
    }

    Member ended(long now) {
        return new Member(author, next, heardAt, now);
    }
}
