package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.SimulatedWorld.MILLI;
import static io.chittychat.server.log.cluster.SimulatedWorld.SECOND;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A node, whose process may be killed, stopped for a while, and started again on its store. */
final class SimulatedNode {

    private final SimulatedWorld world;
    private final SimulatedLog log;
    private final Limits limits;
    final long id;
    final SimulatedStore store = new SimulatedStore();
    final SimulatedLog.Connection connection;
    private final BiConsumer<Long, Object> states; // is told the state at each place
    private @Nullable Life process;

    SimulatedNode(SimulatedWorld world, SimulatedLog log, Limits limits, long id, BiConsumer<Long, Object> states) {
        this.world = world;
        this.log = log;
        this.limits = limits;
        this.id = id;
        this.connection = log.new Connection();
        this.states = states;
    }

    /** One process of the node. */
    private final class Life implements Watcher {

        final Room room = new Room(
                new LamportClock(),
                new ParticipantRegistry(),
                new Room.Limits(limits.maxParticipants(), Duration.ZERO));
        final Proposer proposer;
        final Applier applier;
        final Freshness freshness;
        final Map<SessionId, Runnable> readers = new HashMap<>(); // run when the reader's Broadcast is ended
        boolean begun;
        long newestTold;
        long pausedUntil;

        Life() {
            FoldState place = store.place();
            room.restore(place.completed(store.room()));
            connection.seek(place.offset());
            proposer = new Proposer(
                    connection, id << 32, limits, world::now, world.random::nextLong, 1 + world.random.nextInt(3));
            applier = new Applier(room, place, store, (events, time) -> {}, proposer, this);
            freshness = new Freshness(connection::end, world::now);
        }

        void step() {
            if (process != this) {
                return;
            }
            if (world.now() >= pausedUntil) {
                run();
            }
            world.after(world.between(MILLI, 15 * MILLI), this::step);
        }

        private void run() {
            try {
                List<LogRecord> records = connection.poll(Duration.ZERO);
                applier.apply(records);
                freshness.applied(applier.offset());
                if (begun) {
                    applier.giveUpIfCutOff(5 * SECOND);
                } else if (!connection.cut && !log.down && applier.offset() >= log.records.size()) {
                    begun = true;
                    applier.beginLive();
                    Optional<Limits> known = applier.fold().limits();
                    proposer.begin(
                            applier.fold()
                                    .members()
                                    .find(proposer.author().node())
                                    .map(member -> member.author().generation())
                                    .orElse(0L),
                            known.isPresent() && !known.get().equals(limits));
                }
                if (!records.isEmpty()) {
                    states.accept(applier.offset(), List.of(applier.fold().state(applier.offset()), room.state()));
                }
            } catch (UnknownEntryException | SharedLog.GoneException e) {
                throw new AssertionError(e);
            }
            while (proposer.propose()) {
                // all that there is
            }
        }

        @Override
        public void attachedElsewhere(SessionId session) {
            Runnable reader = readers.remove(session);
            if (reader != null) {
                reader.run();
            }
        }

        @Override
        public void nodeLost() {
            List<Runnable> ended = new ArrayList<>(readers.values());
            readers.clear();
            ended.forEach(Runnable::run);
        }

        @Override
        public void returned(long nanos) {
            if (nanos < 0) {
                throw new AssertionError("an entry came back before it was sent: " + nanos);
            }
        }

        @Override
        public void expired(String participant, long lamportTime) {
            told(lamportTime);
        }

        /** What a node tells of new events has increasing times, as the lines of its service log must have. */
        private void told(long lamportTime) {
            if (lamportTime <= newestTold) {
                throw new AssertionError("told of time " + lamportTime + " after " + newestTold);
            }
            newestTold = lamportTime;
        }
    }

    void start() {
        if (process == null) {
            Life started = new Life();
            process = started;
            started.step();
        }
    }

    /** @param lostTransactions how much of its disk a loss of power takes away */
    void kill(int lostTransactions) {
        if (process != null) {
            process.nodeLost(); // connections break
            process = null;
            connection.giveUp();
            store.lose(lostTransactions);
        }
    }

    void pause(long nanos) {
        if (process != null) {
            process.pausedUntil = world.now() + nanos;
        }
    }

    boolean isJoined() {
        return process != null && process.proposer.isJoined();
    }

    long offset() {
        return process == null ? -1 : process.applier.offset();
    }

    int disagreeing() {
        return process == null ? 0 : process.applier.disagreeing();
    }

    List<Event> events() {
        return store.events;
    }

    <R extends Result> void submit(Command<R> command, Reply<R> reply) {
        if (process == null) {
            reply.refused(Refusal.LOG_UNAVAILABLE);
        } else {
            process.proposer.submit(Pending.of(command, checked(process, reply)));
        }
    }

    private static <R extends Result> Reply<R> checked(Life process, Reply<R> reply) {
        return new Reply<>() {
            @Override
            public void accepted(R result) {
                if (result instanceof Result.Published published && !published.repeated()) {
                    process.told(published.lamportTime());
                }
                reply.accepted(result);
            }

            @Override
            public void refused(Refusal refusal) {
                reply.refused(refusal);
            }
        };
    }

    void whenCurrent(Runnable current, Runnable unavailable) {
        if (process == null || !process.proposer.isJoined()) {
            unavailable.run();
        } else {
            process.freshness.whenCurrent(current, unavailable);
        }
    }

    /** Serves a reader that was attached; it is told when it is ended. */
    void serve(SessionId session, Runnable ended) {
        if (process == null) {
            ended.run();
        } else {
            process.readers.put(session, ended);
        }
    }
}
