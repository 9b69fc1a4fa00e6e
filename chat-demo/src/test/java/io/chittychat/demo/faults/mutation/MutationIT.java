package io.chittychat.demo.faults.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.faults.http2.PendingReply;
import io.chittychat.demo.faults.http2.Reply;
import io.chittychat.demo.faults.mutation.Senders.Sent;
import io.chittychat.demo.faults.witness.AttackedService;
import io.chittychat.demo.faults.witness.ServiceLogWatch.Growth;
import io.chittychat.error.ErrorReason;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends calls that are nearly right to all methods, and holds the service after each thousand to what it owes: an answer of
 * the contract to each, a short line in the log, and nothing missed by a healthy participant.
 * {@code -Dchitty.mutations=100000} makes it longer, {@code -Dchitty.seed=N} repeats the calls.
 */
class MutationIT {

    private static final int CALLS = Integer.getInteger("chitty.mutations", 1500);
    private static final long SEED = Long.getLong("chitty.seed", System.nanoTime());
    private static final int ROUND = 1000;
    private static final int AT_ONCE = Integer.getInteger("chitty.mutations-at-once", 100);
    private static final int ANSWER_SECONDS = 30;
    private static final int SHOWN = 60; // characters of the message of an error that has no reason
    private static final int LOG_BYTES = 1024; // of a call, at most

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @TempDir
    private Path dir;

    @Test
    void everyMutatedCallIsAnsweredAsTheContractSaysAndHurtsNobodyElse() throws IOException {
        System.out.printf("MutationIT: seed %d, %d calls%n", SEED, CALLS);
        long start = System.nanoTime();
        try (AttackedService service =
                AttackedService.start(dir.resolve("run"), List.of("--chitty.store.durability=os"))) {
            try (Attackers attackers = new Attackers(service.grpc())) {
                CallMutator mutator = new CallMutator(new Requests(attackers), SEED);
                for (int number = 0; number < CALLS; number += ROUND) {
                    attackers.beginRound();
                    play(service, mutator, number);
                    check(service, number);
                }
            }
            service.awaitCalm();
            assertThat(service.healthy().compareWithHistory()).isPositive();
            assertThat(service.healthy().check()).as("seed %d", SEED).isEmpty();
            report(service, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void play(AttackedService service, CallMutator mutator, int first) throws IOException {
        List<String> violations = new ArrayList<>();
        try (Senders senders = new Senders(service.grpc())) {
            for (int number = first; number < first + ROUND; number += AT_ONCE) {
                List<Sent> sent = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    sent.add(senders.send(mutator.call(number + i)));
                }
                for (Sent one : sent) {
                    judge(one.call(), one.reply()).ifPresent(violations::add);
                    one.end().run();
                }
            }
            assertThat(senders.farewell())
                    .as("what ended the connection; seed %d", SEED)
                    .isEmpty();
        }
        assertThat(violations).as("seed %d", SEED).isEmpty();
    }

    /** Waits for due replies, and returns their problems. */
    private Optional<String> judge(MutatedCall call, PendingReply pending) {
        if (!call.isUnfinished()) {
            await(call.isBroadcast() ? pending.begin() : pending.end());
        }
        if (!pending.end().isDone()) {
            boolean mayGoOn =
                    call.isUnfinished() || call.isBroadcast() && pending.begin().isDone();
            outcomes.merge(mayGoOn ? "goes on" : "not answered", 1, Integer::sum);
            return mayGoOn ? Optional.empty() : Optional.of("not answered: " + call);
        }
        Reply reply = pending.end().join();
        outcomes.merge(outcome(reply), 1, Integer::sum);
        return ContractCheck.violation(call, reply).map(wrong -> "%s%n  %s%n  %s".formatted(wrong, call, reply));
    }

    private static void await(Future<?> due) {
        try {
            due.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The caller looks whether it is done.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String outcome(Reply reply) {
        String status = reply.headers().getOrDefault(":status", "");
        if (reply.status().isEmpty()) {
            return reply.isComplete() ? "reset, HTTP status " + status : "connection closed";
        }
        Status.Code code = Status.fromCodeValue(reply.status().getAsInt()).getCode();
        String text = reply.headers().getOrDefault("grpc-message", "");
        return reply.details()
                .flatMap(ErrorReason::of)
                .map(reason -> code + " " + reason)
                .orElse((code + " " + text.substring(0, Math.min(SHOWN, text.length()))).strip());
    }

    private static void check(AttackedService service, int number) {
        assertThat(service.healthy().check())
                .as("seed %d, after call %d", SEED, number + ROUND)
                .isEmpty();
        Growth log = service.log().look();
        assertThat(log.troubles()).as("seed %d, calls from %d on", SEED, number).isEmpty();
        assertThat(log.bytes())
                .as("log; seed %d, calls from %d on", SEED, number)
                .isLessThan(ROUND * LOG_BYTES);
        if (number == 0) {
            service.hasWarmedUp();
        }
        service.checkResources();
    }

    private void report(AttackedService service, Duration time) {
        outcomes.forEach((outcome, count) -> System.out.printf("%8d %s%n", count, outcome));
        System.out.printf(
                "MutationIT: seed %d: %d calls in %d s; healthy participant: %s; %s%n",
                SEED, CALLS, time.toSeconds(), service.healthy().latencies(), service.status());
    }
}
