package io.chittychat.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.log.LocalCommandLog;
import io.chittychat.server.log.RoomLoop;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Room, log and store as a process, without the rest of the service, so that it starts quickly: to be killed.
 *
 * <p>Its input is {@code open AFTER} and then commands: {@code join ID SESSION NAME}, {@code publish ID SESSION SEQUENCE},
 * {@code leave ID SESSION}. It prints what it finds in the store, the events only after that Lamport time, then
 * {@code ready}, then what becomes of each command: {@code + ID TIME} or {@code - ID REFUSAL}.
 */
final class LogProcess {

    private static final long RESERVE = 64 * 1024; // bytes
    private static final int PAGE = 1000;
    private static final long TIDY_MILLIS = 20; // often, so that it is also killed while tidying up

    private final PrintStream out;
    private final EventStore store;
    private final LocalCommandLog log;

    private LogProcess(PrintStream out, Path file, long after) {
        this.out = out;
        this.store = EventStore.open(file, Durability.FSYNC);
        RoomState recorded = store.recorded();
        report(recorded, after);
        Room room =
                new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, Duration.ofMinutes(5)));
        room.restore(recorded);
        log = new LocalCommandLog(
                new RoomLoop(room, new StoreJournal(store, RESERVE), (events, lamportTime) -> {}), Clock.systemUTC());
    }

    /**
     * @param arguments the store, and another file, on which it rehearses while it waits, so that it opens the store as
     *     quickly as a kill can come
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 65_536), false, UTF_8);
        System.setOut(System.err); // whatever is logged
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        EventStore.open(Path.of(arguments[1]), Durability.OS).close();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            String open = in.readLine();
            if (open != null) {
                new LogProcess(out, Path.of(arguments[0]), Long.parseLong(open.split(" ")[1])).run(in);
            }
        }
    }

    private void report(RoomState recorded, long after) {
        out.printf("log %s %d %d%n", store.epoch(), recorded.lamportTime(), recorded.newestEvent());
        for (RoomState.Stay stay : recorded.present()) {
            String recent = stay.publishes().recent().stream()
                    .map(publish -> publish.sequence() + ":" + publish.lamportTime())
                    .collect(Collectors.joining(","));
            out.printf("present %d %d [%s]%n", stay.session().low(), stay.joinedLamportTime(), recent);
        }
        List<Event> page = store.page(after, PAGE).events();
        while (!page.isEmpty()) {
            page.forEach(this::report);
            page = store.page(page.get(page.size() - 1).header().lamportTime(), PAGE)
                    .events();
        }
    }

    private void report(Event event) {
        Event.Header header = event.header();
        long sequence = event instanceof Event.Published published ? published.sequence() : 0;
        out.println("event " + header.lamportTime() + " " + header.previousLamportTime() + " "
                + event.getClass().getSimpleName() + " " + header.session().low() + " " + sequence);
    }

    private void run(BufferedReader in) throws IOException {
        Thread keeper = new Thread(this::tidy, "store-keeper");
        keeper.setDaemon(true);
        keeper.start();
        log.start();
        out.println("ready");
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            submit(line.split(" "));
        }
        log.close();
    }

    private void tidy() {
        try {
            while (true) {
                Thread.sleep(TIDY_MILLIS);
                store.checkpoint();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(String[] command) {
        String id = command[1];
        long number = Long.parseLong(command[2]);
        SessionId session = new SessionId(0, number);
        switch (command[0]) {
            case "join" -> {
                JoinKey.Bits bits = new JoinKey.Bits(number, number);
                log.submit(
                        new Command.Join(
                                new ParticipantName(command[3], command[3]),
                                session,
                                Optional.of(new JoinKey(bits, bits)),
                                0),
                        new Printed<>(id, Result.Joined::lamportTime));
            }
            case "publish" ->
                log.submit(
                        new Command.Publish(session, "message " + command[3], Long.parseLong(command[3]), 0),
                        new Printed<>(id, Result.Published::lamportTime));
            case "leave" -> log.submit(new Command.Leave(session, 0), new Printed<>(id, Result.Left::lamportTime));
            default -> throw new IllegalArgumentException(command[0]);
        }
    }

    /** Prints what became of a command, each in one write. */
    private final class Printed<R extends Result> implements Reply<R> {

        private final String id;
        private final ToLongFunction<R> time;

        Printed(String id, ToLongFunction<R> time) {
            this.id = id;
            this.time = time;
        }

        @Override
        public void accepted(R result) {
            print("+ " + id + " " + time.applyAsLong(result) + "\n");
        }

        @Override
        public void refused(Refusal refusal) {
            print("- " + id + " " + refusal + "\n");
        }

        private void print(String line) {
            byte[] bytes = line.getBytes(UTF_8);
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }
}
