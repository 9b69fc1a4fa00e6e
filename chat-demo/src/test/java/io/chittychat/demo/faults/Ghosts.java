package io.chittychat.demo.faults;

/** In each run of the service a participant joins, publishes a message, and vanishes. */
final class Ghosts implements Load.Part {

    private final Ledger ledger;
    private int number;

    Ghosts(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void play(Connection connection, Load load) {
        number++;
        Participant ghost = new Participant("ghost " + number, ledger);
        ghost.enter(connection);
        ghost.say(connection, 1);
    }

    @Override
    public String toString() {
        return "ghosts";
    }
}
