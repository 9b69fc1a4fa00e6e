package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.SimulatedWorld.MILLI;
import static io.chittychat.server.log.cluster.SimulatedWorld.SECOND;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An imagined partition. Records may be lost while later ones arrive, arrive after they were given up, arrive twice, or arrive
 * without an acknowledgement; its clock jumps.
 */
final class SimulatedLog {

    private static final long DELIVERY_TIMEOUT = 4 * SECOND;

    private final SimulatedWorld world;
    final List<LogRecord> records = new ArrayList<>();
    double faults; // the probability that something happens to a record
    boolean down; // for all
    long clockSkew; // nanoseconds
    long leaps; // how often the clock leapt ahead

    SimulatedLog(SimulatedWorld world) {
        this.world = world;
    }

    void leap(long nanos) {
        clockSkew += nanos;
        leaps++;
    }

    private void append(byte[] value) {
        long micros =
                1_700_000_000_000_000L + (world.now() + clockSkew) / 1_000_000 * 1000; // milliseconds, as Kafka has
        records.add(new LogRecord(records.size(), micros, value));
    }

    /** The log as one node reaches it. */
    final class Connection implements SharedLog {

        boolean cut;
        private long position;
        private long lastArrival;
        private final List<Flight> flights = new ArrayList<>();

        private final class Flight {
            final byte[] value;
            final Delivery delivery;
            boolean settled;

            Flight(byte[] value, Delivery delivery) {
                this.value = value;
                this.delivery = delivery;
            }

            void settle(boolean delivered) {
                if (!settled) {
                    settled = true;
                    flights.remove(this);
                    if (delivered) {
                        delivery.delivered();
                    } else {
                        delivery.lost(new Exception("simulated"));
                    }
                }
            }

            void arrive(int copies, boolean acknowledged) {
                if (cut || down) {
                    world.after(
                            world.between(10 * MILLI, 50 * MILLI), () -> arrive(copies, acknowledged)); // sent again
                    return;
                }
                for (int i = 0; i < copies; i++) {
                    append(value);
                }
                if (acknowledged) {
                    world.after(world.between(MILLI / 10, 2 * MILLI), () -> settle(true));
                }
            }
        }

        @Override
        public void send(byte[] value, Delivery delivery) {
            Flight flight = new Flight(value, delivery);
            flights.add(flight);
            world.after(DELIVERY_TIMEOUT, () -> flight.settle(false));
            lastArrival = Math.max(lastArrival, world.now() + world.between(MILLI / 10, 3 * MILLI));
            long arrival = lastArrival - world.now();
            if (!world.chance(faults)) {
                world.after(arrival, () -> flight.arrive(1, true));
                return;
            }
            switch (world.random.nextInt(4)) {
                case 0 -> {} // lost; what follows arrives
                case 1 -> world.after(world.between(SECOND / 10, 3 * DELIVERY_TIMEOUT), () -> flight.arrive(1, true));
                case 2 -> world.after(arrival, () -> flight.arrive(1, false));
                default -> world.after(arrival, () -> flight.arrive(2, true));
            }
        }

        @Override
        public void giveUp() {
            List.copyOf(flights).forEach(flight -> flight.settled = true); // they may still arrive
            flights.clear();
        }

        @Override
        public void seek(long offset) {
            position = offset;
        }

        @Override
        public List<LogRecord> poll(Duration patience) throws GoneException {
            if (cut || down) {
                return List.of();
            }
            if (position > records.size()) {
                throw new GoneException("the log is shorter");
            }
            int end = (int) Math.min(records.size(), position + 1 + world.random.nextInt(8));
            List<LogRecord> read = List.copyOf(records.subList((int) position, end));
            position = end;
            return read;
        }

        @Override
        public CompletableFuture<Long> end() {
            CompletableFuture<Long> end = new CompletableFuture<>();
            if (cut || down) {
                world.after(SECOND, () -> end.completeExceptionally(new Exception("simulated")));
            } else {
                long size = records.size();
                world.after(world.between(MILLI / 10, 2 * MILLI), () -> end.complete(size));
            }
            return end;
        }

        @Override
        public void close() {}
    }
}
