package io.chittychat.server.log.cluster;

import java.util.List;

/**
 * An entry of the log: what a node gathered while its entry before was under way.
 *
 * @param first the number of the first proposal among all proposals of its author
 * @param proposals at least one
 */
public record Entry(Author author, long first, List<Proposal> proposals) {

    /** Returns the number of the proposal after this entry. */
    long next() {
        return first + proposals.size();
    }
}
