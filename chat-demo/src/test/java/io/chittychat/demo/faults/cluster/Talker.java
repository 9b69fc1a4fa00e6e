package io.chittychat.demo.faults.cluster;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A participant that publishes one message after the other, each on any node, and repeats it on another one until it is
 * acknowledged. If its session has expired, it joins again.
 */
final class Talker implements Runnable {

    private final String name;
    private final Nodes nodes;
    private final Random random;
    private final AtomicBoolean over;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>(); // Lamport times by text
    private final AtomicInteger stays = new AtomicInteger();
    private volatile long longestGap; // nanoseconds between two acknowledgements
    private long signedAt; // when the newest acknowledged request was sent, in nanoseconds
    private volatile long shortestSilence = Long.MAX_VALUE; // nanoseconds

    Talker(String name, Nodes nodes, Random random, AtomicBoolean over) {
        this.name = name;
        this.nodes = nodes;
        this.random = random;
        this.over = over;
    }

    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    int stays() {
        return stays.get();
    }

    long longestGap() {
        return longestGap;
    }

    /**
     * How long a session that expired had no request acknowledged, in nanoseconds; the shortest of all, and the greatest possible
     * number if none expired.
     */
    long shortestSilence() {
        return shortestSilence;
    }

    @Override
    public void run() {
        while (!over.get()) {
            Optional<String> token = join();
            token.ifPresent(this::talk);
        }
    }

    private Optional<String> join() {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName(name)
                .setRequestId(name + random.nextLong())
                .build();
        while (!over.get()) {
            long sentAt = System.nanoTime();
            try {
                JoinResponse joined = nodes.any(random, 5).join(request);
                signedAt = sentAt;
                stays.incrementAndGet();
                return Optional.of(joined.getSessionToken());
            } catch (StatusRuntimeException e) {
                pause(); // NAME_TAKEN, too: the session before has not expired yet
            }
        }
        return Optional.empty();
    }

    private void talk(String token) {
        long last = System.nanoTime();
        for (long sequence = 1; !over.get(); sequence++) {
            String text = name + " in stay " + stays.get() + " says " + sequence;
            PublishRequest request = PublishRequest.newBuilder()
                    .setSessionToken(token)
                    .setText(text)
                    .setSequence(sequence)
                    .setPreviousSequence(sequence - 1)
                    .build();
            if (!publish(request)) {
                return;
            }
            longestGap = Math.max(longestGap, System.nanoTime() - last);
            last = System.nanoTime();
        }
    }

    /** Returns whether the message was acknowledged; if not, the session is over, or the test. */
    private boolean publish(PublishRequest request) {
        while (!over.get()) {
            long sentAt = System.nanoTime();
            try {
                acknowledged.put(
                        request.getText(), nodes.any(random, 4).publish(request).getLamportTime());
                signedAt = sentAt;
                return true;
            } catch (StatusRuntimeException e) {
                if (ErrorReason.of(e)
                        .filter(ErrorReason.SESSION_UNKNOWN::equals)
                        .isPresent()) {
                    shortestSilence = Math.min(shortestSilence, System.nanoTime() - signedAt);
                    return false;
                }
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
