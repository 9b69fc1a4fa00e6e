package io.chittychat.server.log.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes with their threads, on a log in memory. */
class ClusterLogTest {

    private static final Limits LIMITS = new Limits(10, Duration.ofSeconds(5), Duration.ofSeconds(3));

    private final List<LogRecord> records = new ArrayList<>(); // guarded by itself
    private final AtomicLong random = new AtomicLong(100);
    private final List<Node> nodes = new ArrayList<>();
    private volatile boolean loses;

    /** What one node has of the log. */
    private final class Connection implements SharedLog {
        private int position;

        @Override
        public void send(byte[] value, Delivery delivery) {
            if (loses) {
                delivery.lost(new Exception("a test"));
                return;
            }
            append(value);
            delivery.delivered();
        }

        @Override
        public void giveUp() {}

        @Override
        public void seek(long offset) {
            position = (int) offset;
        }

        @Override
        public List<LogRecord> poll(Duration patience) {
            synchronized (records) {
                List<LogRecord> read = List.copyOf(records.subList(position, records.size()));
                position = records.size();
                if (read.isEmpty()) {
                    try {
                        records.wait(2);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return read;
            }
        }

        @Override
        public CompletableFuture<Long> end() {
            synchronized (records) {
                return CompletableFuture.completedFuture((long) records.size());
            }
        }

        @Override
        public void close() {}
    }

    private void append(byte[] value) {
        synchronized (records) {
            records.add(new LogRecord(records.size(), System.currentTimeMillis() * 1000, value));
            records.notifyAll();
        }
    }

    private final class Node implements Watcher {
        final SimulatedStore store = new SimulatedStore();
        final AtomicInteger losses = new AtomicInteger();
        final ClusterLog log;

        Node(long id, FoldState state) {
            Room room = new Room(new LamportClock(), new ParticipantRegistry(), LIMITS.ofRoom());
            log = new ClusterLog(
                    new Connection(),
                    room,
                    state,
                    new ClusterLog.Sinks(store, (events, time) -> {}, this),
                    id,
                    LIMITS,
                    random::incrementAndGet,
                    Duration.ofSeconds(20));
        }

        Node start() {
            nodes.add(this);
            log.start();
            return this;
        }

        <R extends Result> CompletableFuture<Object> submit(Command<R> command) {
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            log.submit(command, new Reply<>() {
                @Override
                public void accepted(R result) {
                    outcome.complete(result);
                }

                @Override
                public void refused(Refusal refusal) {
                    outcome.complete(refusal);
                }
            });
            return outcome;
        }

        @Override
        public void attachedElsewhere(SessionId session) {}

        @Override
        public void nodeLost() {
            losses.incrementAndGet();
        }

        @Override
        public void expired(String participant, long lamportTime) {}
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> node.log.close());
    }

    private Node node(long id) {
        return new Node(id, FoldState.EMPTY).start();
    }

    private static Command.Join join(String name, long session) {
        return new Command.Join(ParticipantName.of(name), new SessionId(0, session), Optional.empty(), 0);
    }

    private static Object get(CompletableFuture<Object> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatOneNodeAcknowledgedIsVisibleOnTheOther() throws Exception {
        Node one = node(1);
        Node two = node(2);
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        CompletableFuture<Object> current = new CompletableFuture<>();
        two.log.whenCurrent(() -> current.complete(two.store.events.size()), () -> current.complete("unavailable"));
        assertThat(get(current)).isEqualTo(1);
        assertThat(get(two.submit(join("alice", 2)))).isEqualTo(Refusal.NAME_TAKEN);
        assertThat(two.log.nodes()).isEqualTo(2);
        assertThat(two.log.problem()).isEmpty();
    }

    @Test
    void lostEntryIsUnknownAndTheNodeGoesOn() throws Exception {
        Node one = node(1);
        loses = true;
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.LOG_UNAVAILABLE);
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.LOG_UNAVAILABLE);
        await().until(() -> one.losses.get() > 0);
        assertThat(one.log.problem()).isPresent();
        loses = false;
        await().until(() -> one.log.problem().isEmpty());
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
    }

    @Test
    void unknownEntryStopsTheNode() throws Exception {
        Node one = node(1);
        CompletableFuture<Object> failed = new CompletableFuture<>();
        one.log.onFailure(() -> failed.complete("failed"));
        append(new byte[] {8, 2});
        assertThat(get(failed)).isEqualTo("failed");
        assertThat(one.log.state()).isEqualTo(CommandLog.State.FAILED);
        assertThat(one.log.problem().orElseThrow()).contains("version 2");
        assertThat(one.losses.get()).isEqualTo(1);
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.LOG_UNAVAILABLE);
    }

    @Test
    void nodeThatIsAheadOfTheLogDoesNotStart() {
        node(1);
        FoldState ahead = new FoldState(1000, 0, 0, Optional.empty(), List.of(), Map.of());
        assertThatThrownBy(() -> new Node(2, ahead).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("has lost its end");
    }

    @Test
    void secondProcessWithTheIdOfANodeMakesTheFirstGoOnAsAnother() throws Exception {
        Node one = node(1);
        Node copy = node(1);
        await().until(() -> one.losses.get() > 0 && one.log.problem().isEmpty());
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        assertThat(get(copy.submit(join("bob", 2)))).isInstanceOf(Result.Joined.class);
        assertThat(copy.log.nodes()).isEqualTo(2);
    }

    @Test
    void closedNodeSaysFarewellAndRefuses() throws Exception {
        Node one = node(1);
        Node two = node(2);
        one.log.close();
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.SHUTTING_DOWN);
        assertThat(get(two.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        await().until(() -> two.log.nodes() == 1);
    }
}
