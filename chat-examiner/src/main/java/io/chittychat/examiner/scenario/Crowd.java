package io.chittychat.examiner.scenario;

import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has several publish at the same time, each one message after the other. */
final class Crowd {

    /**
     * A message that was sent.
     *
     * @param answer what the author was told
     */
    record Sent(Participant author, String text, Answer answer) {}

    private final Stage stage;

    Crowd(Stage stage) {
        this.stage = stage;
    }

    /**
     * Publishes, and waits for the answers. An author to whom nothing is answered says no more.
     *
     * @param each how many messages of each
     * @param length of a message, in characters
     * @param meanwhile is done at the same time, in the caller's thread
     * @return all messages that were sent
     */
    List<Sent> talk(List<Participant> authors, int each, int length, Runnable meanwhile) {
        ExecutorService threads = Executors.newFixedThreadPool(authors.size());
        try {
            List<Future<List<Sent>>> talks = new ArrayList<>();
            for (Participant author : authors) {
                talks.add(threads.submit(() -> talk(author, each, length)));
            }
            meanwhile.run();
            List<Sent> all = new ArrayList<>();
            for (Future<List<Sent>> talk : talks) {
                all.addAll(talk.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a participant failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Sent> talk(Participant author, int each, int length) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            String text = stage.text(length, ".");
            Answer answer = author.publish(text);
            sent.add(new Sent(author, text, answer));
            if (answer.is(Answer.Outcome.UNKNOWN)) {
                break;
            }
        }
        return sent;
    }
}
