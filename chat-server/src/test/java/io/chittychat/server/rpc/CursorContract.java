package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broadcast: cursors, and the end of the stream. */
interface CursorContract extends ContractFixture {

    @Test
    default void resumingMissesNothingAndRepeatsNothing() {
        long seed = System.nanoTime();
        System.out.println("resumingMissesNothingAndRepeatsNothing: seed " + seed);
        Random random = new Random(seed);
        Participant alice = join();
        Participant bob = join();
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        long cursor = bob.session.getLamportTime();
        for (int round = 0; round < 20; round++) {
            Participant.Inbox inbox = bob.listen(cursor);
            int during = random.nextInt(20);
            for (int i = 0; i < during; i++) {
                expected.add(alice.publish("during " + i));
            }
            int upTo = random.nextInt(1 + expected.size() - seen.size());
            inbox.until(upTo).cancel();
            List<Long> taken = List.copyOf(inbox.times());
            seen.addAll(taken);
            cursor = taken.isEmpty() ? cursor : taken.get(taken.size() - 1);
            expected.add(alice.publish("between"));
        }
        Participant.Inbox rest = bob.listen(cursor).until(expected.size() - seen.size());
        seen.addAll(rest.times());
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    default void cursorZeroAlwaysMeansTheReadersOwnJoin() {
        Participant alice = join();
        alice.publish("one");
        alice.listen(0).until(2).cancel();
        join();
        assertThat(alice.listen(0).until(3).events.get(0).getLamportTime()).isEqualTo(alice.session.getLamportTime());
    }

    @Test
    default void caughtUpIsSentOnceAndIsASafeCursor() {
        Participant alice = join();
        Participant.Inbox inbox = alice.listen().caughtUp();
        alice.publish("one");
        inbox.until(2);
        assertThat(inbox.caughtUp).hasSize(1);
        inbox.cancel();
        assertThat(alice.listen(inbox.caughtUp.get(0)).until(1).texts()).containsExactly("one");
    }

    @Test
    default void quietStreamHasHeartbeatsIfTheyAreAskedFor() {
        Participant alice = join();
        Participant.Inbox quiet = alice.listen().caughtUp();
        Participant.Inbox beating = join().listen(Duration.ofMillis(1)).caughtUp(); // at most every half a second
        await().until(() -> beating.heartbeats.get() >= 3);
        Participant.Inbox promised = join().listen(Duration.ofHours(1)).caughtUp();
        await().until(() -> promised.heartbeats.get() == 1); // tells that there will be more
        assertThat(quiet.heartbeats).hasValue(0);

        join().listen(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)).caughtUp();
        join().listen(Duration.ofSeconds(-1)).caughtUp();
        alice.publish("one");
        beating.until(2);
        assertThat(beating.caughtUp).hasSize(1);
    }

    @Test
    default void newerBroadcastEndsTheOlder() {
        Participant alice = join();
        Participant.Inbox older = alice.listen().caughtUp();
        Participant.Inbox newer = alice.listen().caughtUp();
        assertThat(ErrorReason.of(older.awaitError())).contains(ErrorReason.SUPERSEDED);
        alice.publish("still here");
        newer.until(2);
    }

    @Test
    default void cursorOutsideTheLogIsRefused() {
        Participant alice = join();
        assertThat(ChatContract.refused(() -> alice.calls()
                        .broadcast(alice.reading(alice.session.getLamportTime() + 1000)
                                .build())
                        .next()))
                .isEqualTo(ErrorReason.RESUME_POINT_GONE);
        assertThat(ChatContract.refused(() -> alice.history(-1))).isEqualTo(ErrorReason.RESUME_POINT_GONE);
    }

    @Test
    default void cursorOfAnotherLogIsRefused() {
        Participant alice = join();
        assertThat(ChatContract.refused(() -> alice.calls()
                        .broadcast(alice.reading(3)
                                .setEpoch("another")
                                .setLamportTime(1L << 40)
                                .build())
                        .next()))
                .isEqualTo(ErrorReason.EPOCH_CHANGED);
    }

    @Test
    default void readerThatReadsNothingIsEndedAndDelaysNoOther() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox deaf =
                new Participant.Inbox(channel(), alice.reading(0).build(), false);
        Participant.Inbox others = bob.listen().caughtUp();
        PublishStreamClient signOfLife = new PublishStreamClient(channel());
        signOfLife.send(alice.message("here").build());
        signOfLife.replies(1);
        PublishStreamClient stream = new PublishStreamClient(channel());
        int count = 30_000;
        for (int i = 0; i < count; i++) {
            stream.send(bob.message("x".repeat(128)).build());
        }
        stream.replies(count);
        others.until(count + 2);
        await().until(() -> errors().seen.contains(ErrorReason.SLOW_READER));
        deaf.drain();
        assertThat(ErrorReason.of(deaf.awaitError())).contains(ErrorReason.SLOW_READER);
        List<Long> seen = new ArrayList<>(deaf.times());
        long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        seen.addAll(alice.listen(last).caughtUp().times());
        assertThat(seen.subList(2, seen.size())).isEqualTo(others.times().subList(1, others.events.size()));
    }
}
