package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.RunningNode.get;
import static io.chittychat.server.log.cluster.RunningNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes with their threads, on a log in memory. */
class ClusterLogTest {

    private static final Limits LIMITS = new Limits(10, Duration.ofSeconds(5), Duration.ofSeconds(3));

    private final List<LogRecord> records = new ArrayList<>(); // guarded by itself
    private final List<RunningNode> nodes = new ArrayList<>();
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

    @AfterEach
    void close() {
        nodes.forEach(RunningNode::close);
    }

    private RunningNode node(long id) {
        return node(id, FoldState.EMPTY);
    }

    private RunningNode node(long id, FoldState state) {
        RunningNode node = new RunningNode(new Connection(), id, state, LIMITS);
        nodes.add(node);
        node.log.start();
        return node;
    }

    @Test
    void whatOneNodeAcknowledgedIsVisibleOnTheOther() throws Exception {
        RunningNode one = node(1);
        RunningNode two = node(2);
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        CompletableFuture<Object> current = new CompletableFuture<>();
        two.log.whenCurrent(() -> current.complete(two.store.events.size()), () -> current.complete("unavailable"));
        assertThat(get(current)).isEqualTo(1);
        assertThat(get(two.submit(join("alice", 2)))).isEqualTo(Refusal.NAME_TAKEN);
        assertThat(two.log.nodes()).isEqualTo(2);
        assertThat(two.log.problem()).isEmpty();
    }

    /** Times stay with their entries, also after some were given up. */
    @Test
    void timeUntilAnEntryComesBackIsToldToTheNodeThatSentIt() throws Exception {
        RunningNode one = node(1);
        loses = true;
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.LOG_UNAVAILABLE);
        loses = false;
        await().until(() -> one.log.problem().isEmpty());
        RunningNode two = node(2);
        one.returns.clear();
        long before = System.nanoTime();
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        assertThat(one.returns)
                .isNotEmpty()
                .allSatisfy(nanos -> assertThat(nanos).isBetween(0L, System.nanoTime() - before));
        assertThat(two.returns).isNotEmpty();
    }

    @Test
    void lostEntryIsUnknownAndTheNodeGoesOn() throws Exception {
        RunningNode one = node(1);
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
        RunningNode one = node(1);
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
        assertThatThrownBy(() -> node(2, ahead))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("has lost its end");
    }

    @Test
    void secondProcessWithTheIdOfANodeMakesTheFirstGoOnAsAnother() throws Exception {
        RunningNode one = node(1);
        RunningNode copy = node(1);
        await().until(() -> one.losses.get() > 0 && one.log.problem().isEmpty());
        assertThat(get(one.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        assertThat(get(copy.submit(join("bob", 2)))).isInstanceOf(Result.Joined.class);
        assertThat(copy.log.nodes()).isEqualTo(2);
    }

    @Test
    void closedNodeSaysFarewellAndRefuses() throws Exception {
        RunningNode one = node(1);
        RunningNode two = node(2);
        one.log.close();
        assertThat(get(one.submit(join("alice", 1)))).isEqualTo(Refusal.SHUTTING_DOWN);
        assertThat(get(two.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        await().until(() -> two.log.nodes() == 1);
    }
}
