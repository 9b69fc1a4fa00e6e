package io.chittychat.demo.faults;

import java.util.Optional;

/** Comes, says something and leaves, again and again under new names. A step that was not answered is repeated. */
final class Visitors implements Load.Part {

    private final Ledger ledger;
    private int number;
    private Optional<Participant> visitor = Optional.empty();
    private int stepsDone;

    Visitors(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void play(Connection connection, Load load) {
        while (visitor.isPresent() || !load.stopping()) {
            visit(connection, visitor.orElseGet(this::next));
        }
    }

    private Participant next() {
        number++;
        Participant next = new Participant("visitor " + number, ledger);
        visitor = Optional.of(next);
        stepsDone = 0;
        return next;
    }

    private void visit(Connection connection, Participant who) {
        if (stepsDone == 0) {
            who.enter(connection);
            stepsDone = 1;
        }
        if (stepsDone == 1) {
            who.say(connection, 1);
            stepsDone = 2;
        }
        who.leave(connection);
        visitor = Optional.empty();
    }

    @Override
    public String toString() {
        return "visitors";
    }
}
