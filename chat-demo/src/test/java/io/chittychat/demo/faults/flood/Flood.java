package io.chittychat.demo.faults.flood;

import java.io.IOException;

/**
 * What an attacker does, from the opening of a connection to its end; it is done again and again for as long as the attack
 * goes on.
 *
 * @param name what it is, for the reader of a table
 */
record Flood(String name, Action action) {

    /** One life of it. */
    interface Action {

        /** @throws IOException when the service ends the connection, which it may */
        void play(Attack attack) throws IOException;
    }

    @Override
    public String toString() {
        return name;
    }
}
