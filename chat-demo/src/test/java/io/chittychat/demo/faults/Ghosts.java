package io.chittychat.demo.faults;

/** In each life of the service somebody joins, says something, and is never heard of again. */
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
