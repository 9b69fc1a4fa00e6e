package io.chittychat.demo.faults;

/** Publishes, each message after the reply to the one before. */
final class OneByOne implements Load.Part {

    private final Participant participant;
    private long answered;

    OneByOne(Participant participant) {
        this.participant = participant;
    }

    @Override
    public void play(Connection connection, Load load) {
        participant.enter(connection);
        if (answered > 0) {
            participant.say(connection, answered); // its time is compared with the one it had
        }
        while (!load.stopping()) {
            participant.say(connection, answered + 1);
            answered++;
        }
        participant.leave(connection);
    }

    @Override
    public String toString() {
        return participant.name();
    }
}
