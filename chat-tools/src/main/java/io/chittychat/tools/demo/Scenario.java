package io.chittychat.tools.demo;

import io.chittychat.tools.process.ParticipantProcess;
import io.chittychat.tools.process.ProcessFailedException;
import io.chittychat.tools.trace.LogRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The conversation of the demonstration, step by step. A step is over when everybody who is present has logged what
 * came of it, so a step can count on the one before.
 */
final class Scenario {

    private final Cast cast;
    private final Narrator narrator;

    Scenario(Cast cast, Narrator narrator) {
        this.cast = cast;
        this.narrator = narrator;
    }

    /**
     * Plays it.
     *
     * @throws ProcessFailedException if a step does not lead to what it should
     */
    void play() {
        List.of("alice", "bob", "carol").forEach(cast::start); // at once: a JVM takes its time to start
        narrator.heading("Three people join, each in a process of their own.");
        join("alice");
        join("bob");
        join("carol");
        cast.start("dave");

        narrator.heading("They talk. An answer is later than its question.");
        say("alice", "Is anybody here?");
        say("bob", "Yes. Grüße, 你好, Γειά σου! 👋");

        narrator.heading("Two speak at the same time. All agree on one order.");
        sayAtOnce("alice", "Shall we start?", "carol", "Let us start.");

        narrator.heading("dave comes late.");
        join("dave");
        say("dave", "Did I miss anything?");

        narrator.heading("bob leaves.");
        leave("bob");

        narrator.heading("carol's process is killed (kill -9): she cannot say goodbye.");
        kill("carol");
        say("alice", "It is only the two of us now.");

        narrator.heading("The others go home.");
        leave("dave");
        leave("alice");
    }

    private void join(String name) {
        ParticipantProcess newcomer = cast.start(name);
        LogRecord reply = newcomer.join();
        cast.entered(newcomer);
        witness(reply.lamport());
    }

    private void say(String name, String text) {
        ParticipantProcess speaker = cast.get(name);
        speaker.type("say " + text);
        witness(speaker.awaitPublished(text).lamport());
    }

    private void sayAtOnce(String one, String oneText, String other, String otherText) {
        cast.get(one).type("say " + oneText);
        cast.get(other).type("say " + otherText);
        long oneTime = cast.get(one).awaitPublished(oneText).lamport();
        long otherTime = cast.get(other).awaitPublished(otherText).lamport();
        witness(Math.min(oneTime, otherTime));
        witness(Math.max(oneTime, otherTime));
        if (spokeBeforeHearing(one, oneText, otherTime) && spokeBeforeHearing(other, otherText, oneTime)) {
            narrator.note("each had sent before it received the other's: neither knew of the other");
        }
    }

    /** Usually so, yet a machine may be slow to bring the second message on its way. */
    private boolean spokeBeforeHearing(String name, String text, long heard) {
        ParticipantProcess speaker = cast.get(name);
        LogRecord request = speaker.awaitRequest(text);
        return request.line() < speaker.awaitEvent(heard).line();
    }

    private void leave(String name) {
        ParticipantProcess leaver = cast.get(name);
        leaver.type("leave");
        LogRecord reply = leaver.awaitReply("Leave");
        cast.left(leaver);
        if (cast.present().isEmpty()) {
            narrator.unseen(reply.lamport(), name + " left; nobody remains to be told");
        } else {
            witness(reply.lamport());
        }
        OptionalInt exitCode = leaver.quit();
        if (!exitCode.equals(OptionalInt.of(0))) {
            throw new ProcessFailedException(
                    "the process of %s did not end with exit code 0: %s".formatted(name, exitCode));
        }
    }

    private void kill(String name) {
        ParticipantProcess victim = cast.get(name);
        victim.child().kill();
        cast.killed(victim);
        for (ParticipantProcess first : cast.present().stream().limit(1).toList()) {
            LogRecord left = first.awaitRecord(
                    "that %s left".formatted(name),
                    entry -> entry.isEvent("left") && entry.find("from").equals(Optional.of(name)));
            witness(left.lamport());
        }
    }

    /** Waits until everybody present has an event, and tells. */
    private void witness(long lamport) {
        narrator.seen(cast.present().stream()
                .map(participant -> participant.awaitEvent(lamport))
                .toList());
    }
}
