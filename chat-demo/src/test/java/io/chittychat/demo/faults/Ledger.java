package io.chittychat.demo.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Assertions;

/** What the service has told its participants: it must stand by it. Safe for use by several threads. */
final class Ledger {

    /** A publish; no participant joins again under an old name in these tests, so a name is a session. */
    record Said(String participant, long sequence) {}

    private final Map<Said, Long> said = new ConcurrentHashMap<>();
    private final Map<String, Long> joined = new ConcurrentHashMap<>();
    private final Map<String, Long> left = new ConcurrentHashMap<>();
    private final LongAccumulator highest = new LongAccumulator(Math::max, 0);
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final CountDownLatch broken = new CountDownLatch(1);

    void said(String participant, long sequence, long time) {
        note("publish " + sequence + " of " + participant, said.put(new Said(participant, sequence), time), time);
    }

    void joined(String participant, long time) {
        note("join of " + participant, joined.put(participant, time), time);
    }

    void left(String participant, long time) {
        note("leave of " + participant, left.put(participant, time), time);
    }

    private void note(String what, Long earlier, long time) {
        if (earlier != null && earlier != time) {
            problem("the %s was acknowledged with time %d, later with %d".formatted(what, earlier, time));
        }
        saw(time);
    }

    /** A time of the service was seen: its clock may never be below it again. */
    void saw(long time) {
        highest.accumulate(time);
    }

    long highest() {
        return highest.get();
    }

    int acknowledged() {
        return said.size() + joined.size() + left.size();
    }

    /** Something happened that must not. */
    void problem(String problem) {
        problems.add(problem);
        broken.countDown();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Lets some time pass; less if something happens that must not. */
    void pass(long millis) {
        try {
            if (broken.await(millis, TimeUnit.MILLISECONDS)) {
                Assertions.fail(String.join("\n", problems));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What was acknowledged and is not in the log as it was acknowledged. */
    List<String> lostFrom(KnownLog log) {
        List<String> lost = new ArrayList<>();
        said.forEach((what, time) -> compare(lost, what, time, log.said().get(what)));
        joined.forEach((who, time) ->
                compare(lost, "join of " + who, time, log.joined().get(who)));
        left.forEach(
                (who, time) -> compare(lost, "leave of " + who, time, log.left().get(who)));
        return lost;
    }

    private static void compare(List<String> lost, Object what, long acknowledged, Long recorded) {
        if (recorded == null || recorded != acknowledged) {
            lost.add("%s, acknowledged with %d, is in the log with %s".formatted(what, acknowledged, recorded));
        }
    }
}
