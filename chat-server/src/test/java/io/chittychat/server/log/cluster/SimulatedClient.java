package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.SimulatedWorld.MILLI;
import static io.chittychat.server.log.cluster.SimulatedWorld.SECOND;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A participant that calls nodes at random, has several publishes unanswered, repeats what was not answered, in order, and
 * sometimes leaves or falls silent, and joins again.
 */
final class SimulatedClient {

    private static final int WINDOW = 4; // publishes that are not answered
    private static final long PATIENCE = 3 * SECOND;

    private final SimulatedWorld world;
    private final List<SimulatedNode> nodes;
    private final SimulatedHistory history;
    private final String name;
    private @Nullable SessionId session;
    private JoinKey key;
    private SessionId proposed = new SessionId(0, 0);
    private boolean joining;
    private long lamport;
    private long said; // the newest sequence
    private final TreeMap<Long, Boolean> unanswered = new TreeMap<>(); // by sequence; whether it is under way
    private int round; // of the publishes: answers of earlier rounds are ignored
    private boolean attached;
    private boolean attaching;
    private boolean silent;
    boolean quiet; // says nothing new

    SimulatedClient(SimulatedWorld world, List<SimulatedNode> nodes, SimulatedHistory history, String name) {
        this.world = world;
        this.nodes = nodes;
        this.history = history;
        this.name = name;
        this.key = newKey();
    }

    private JoinKey newKey() {
        proposed = new SessionId(world.random.nextLong(), world.random.nextLong());
        return new JoinKey(
                new JoinKey.Bits(world.random.nextLong(), 1), new JoinKey.Bits(proposed.high(), proposed.low()));
    }

    void start() {
        world.after(world.between(0, SECOND), this::step);
    }

    boolean isSettled() {
        return unanswered.isEmpty() && !joining;
    }

    private SimulatedNode node() {
        return nodes.get(world.random.nextInt(nodes.size()));
    }

    private void step() {
        world.after(world.between(5 * MILLI, 200 * MILLI), this::step);
        if (silent) {
            return;
        }
        SessionId present = session;
        if (present == null) {
            join();
        } else if (!quiet && world.chance(0.003) && unanswered.isEmpty()) {
            leave(present);
        } else if (!quiet && world.chance(0.004)) {
            silent = true; // the session expires
            world.after(world.between(SECOND, 20 * SECOND), () -> silent = false);
        } else if (!attached && !attaching && world.chance(0.5)) {
            attach(present);
        } else {
            if (!quiet && said - (unanswered.isEmpty() ? said : unanswered.firstKey() - 1) < WINDOW) {
                said++;
                unanswered.put(said, false);
            }
            publish(present);
        }
    }

    /** A reply that counts as lost if it does not come in time. */
    private <R extends Result> Reply<R> reply(BiConsumer<R, Long> accepted, Consumer<Refusal> refused) {
        boolean[] answered = {false};
        long sentAt = world.now();
        world.after(PATIENCE, () -> {
            if (!answered[0]) {
                answered[0] = true;
                refused.accept(Refusal.LOG_UNAVAILABLE);
            }
        });
        return new Reply<>() {
            @Override
            public void accepted(R result) {
                if (!answered[0]) {
                    answered[0] = true;
                    history.guard(() -> accepted.accept(result, sentAt));
                }
            }

            @Override
            public void refused(Refusal refusal) {
                if (!answered[0]) {
                    answered[0] = true;
                    history.guard(() -> refused.accept(refusal));
                }
            }
        };
    }

    private void join() {
        if (joining) {
            return;
        }
        joining = true;
        Command.Join join = new Command.Join(
                ParticipantName.of(name), new SessionId(world.random.nextLong(), 7), Optional.of(key), ++lamport);
        node().submit(
                        join,
                        reply(
                                (joined, sentAt) -> {
                                    joining = false;
                                    session = joined.session();
                                    key = newKey();
                                    said = 0;
                                    unanswered.clear();
                                    round++;
                                    attached = false;
                                    see(joined.lamportTime());
                                    history.signed(joined.session(), sentAt);
                                },
                                refusal -> {
                                    joining = false;
                                    if (refusal != Refusal.LOG_UNAVAILABLE && refusal != Refusal.NAME_TAKEN) {
                                        throw new AssertionError(refusal);
                                    }
                                }));
    }

    private void see(long time) {
        lamport = Math.max(lamport, time) + 1;
    }

    private void publish(SessionId present) {
        for (Long sequence : List.copyOf(unanswered.keySet())) {
            if (unanswered.getOrDefault(sequence, true).equals(false)) {
                unanswered.put(sequence, true);
                send(present, sequence, round);
            }
        }
    }

    private void send(SessionId present, long sequence, int inRound) {
        SimulatedNode to = node();
        Command.Publish publish =
                new Command.Publish(present, name + " says " + sequence, sequence, sequence - 1, ++lamport);
        to.submit(
                publish,
                reply(
                        (published, sentAt) -> {
                            history.acknowledged(present, sequence, published.lamportTime());
                            if (present.equals(session)) {
                                unanswered.remove(sequence);
                                see(published.lamportTime());
                                history.signed(present, sentAt);
                                readElsewhere(published.lamportTime());
                            }
                        },
                        refusal -> {
                            if (refusal == Refusal.SESSION_UNKNOWN) {
                                gone(present);
                            } else if (inRound == round) { // the rest of this round is repeated, too, in order
                                round++;
                                unanswered.replaceAll((each, underWay) -> false);
                            }
                        }));
    }

    /** What was acknowledged can be read on any node. */
    private void readElsewhere(long lamportTime) {
        SimulatedNode other = node();
        other.whenCurrent(() -> history.mustBeVisible(other, lamportTime), () -> {});
    }

    private void attach(SessionId present) {
        attaching = true;
        SimulatedNode to = node();
        to.submit(
                new Command.Attach(present, ++lamport),
                reply(
                        (result, sentAt) -> {
                            attaching = false;
                            history.signed(present, sentAt);
                            if (present.equals(session)) {
                                attached = true;
                                to.serve(present, () -> attached = false);
                                if (world.chance(0.3)) {
                                    world.after(
                                            world.between(SECOND, 10 * SECOND),
                                            () -> detach(to, present, result.lamportTime()));
                                }
                            } else {
                                to.submit(new Command.Detach(present, result.lamportTime()), Reply.ignored());
                            }
                        },
                        refusal -> {
                            attaching = false;
                            if (refusal == Refusal.SESSION_UNKNOWN) {
                                gone(present);
                            }
                        }));
    }

    private void detach(SimulatedNode from, SessionId present, long attachedAt) {
        from.submit(new Command.Detach(present, attachedAt), Reply.ignored());
        from.serve(present, () -> {});
        if (present.equals(session)) {
            attached = false;
        }
    }

    private void leave(SessionId present) {
        history.leaves(present);
        node().submit(new Command.Leave(present, ++lamport), reply((left, sentAt) -> gone(present), refusal -> {
            if (refusal == Refusal.SESSION_UNKNOWN) {
                gone(present);
            }
        }));
    }

    private void gone(SessionId present) {
        if (present.equals(session)) {
            session = null;
            round++;
            unanswered.clear();
            attached = false;
        }
    }
}
