package io.chittychat.trace.check;

import io.chittychat.text.Logfmt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * A chat in one thread, as the contract has it, played by chance: people join, speak at once, leave, come back, lose their
 * connection and resume, lose their session and read on, or crash; requests and answers are under way for a while, and get
 * lost. All participants and the service write logs. The same seed gives the same conversation.
 */
final class SimulatedChat {

    private record Event(long lamport, String type, String from, long sent, String text) {}

    /** A request under way, or its answer. */
    private record Call(String rpc, long clock, long sequence, String text, long after) {}

    private static final String TIME = "2026-11-21T10:50:39.123Z";
    private static final int MOST_REMEMBERED = 2_000;

    private final Random random;
    private final Function<String, Appendable> logs;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private long lamport;
    private int texts;

    /** @param logs where each log is written; the service's is named by the empty string */
    SimulatedChat(long seed, int people, Function<String, Appendable> logs) {
        this.random = new Random(seed);
        this.logs = logs;
        for (int i = 0; i < people; i++) {
            String name = i < 3 ? List.of("alice", "bob", "Zoë \"z\"").get(i) : "p" + i;
            this.people.put(name, new Person(name));
        }
        service(new Logfmt().with("event", "started").with("epoch", "life").with("lamport_out", 0));
    }

    /** Plays a number of steps, and then until all participants have received everything. */
    void play(int steps) {
        List<Person> all = new ArrayList<>(people.values());
        for (int i = 0; i < steps; i++) {
            all.get(random.nextInt(all.size())).act();
        }
        all.forEach(Person::finish);
        all.forEach(Person::drain);
    }

    private void service(Logfmt line) {
        write("", "time=" + TIME + " level=INFO " + line);
    }

    private void write(String log, String line) {
        try {
            logs.apply(log).append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long witness(long sent) {
        lamport = Math.max(lamport, sent) + 1;
        return lamport;
    }

    private Event append(String type, String from, long sent, String text) {
        long time = witness(sent);
        String said = type.equals("published")
                ? text
                : "Participant %s %s Chitty-Chat at Lamport time %d".formatted(from, type, time);
        Event event = new Event(time, type, from, sent, said);
        events.add(event);
        if (events.size() > MOST_REMEMBERED) {
            Event oldest = events.removeFirst();
            people.values().forEach(person -> person.requireReceived(oldest));
        }
        return event;
    }

    private final class Person {
        private final String name;
        private final Deque<Call> requests = new ArrayDeque<>();
        private final Deque<Map.Entry<Call, Long>> answers = new ArrayDeque<>();
        private final Map<Long, Long> published = new LinkedHashMap<>();
        private long clock;
        private boolean present; // for the service
        private boolean joined; // for itself
        private boolean leaving;
        private boolean streaming;
        private boolean attached;
        private boolean gone;
        private long leftAt = Long.MAX_VALUE;
        private long joinedAt;
        private long cursor;
        private long sequence;
        private Call unanswered = new Call("", 0, 0, "", 0);

        Person(String name) {
            this.name = name;
        }

        void act() {
            if (gone) {
                expireIfLost();
                return;
            }
            int choice = random.nextInt(100);
            if (choice < 30) {
                receive();
            } else if (choice < 50) {
                serve();
            } else if (choice < 70) {
                hear();
            } else if (choice < 94) {
                ask();
            } else if (choice < 97 && attached && !leaving) {
                breakStream();
            } else if (choice == 97) {
                expireIfLost();
            } else if (choice == 98 && joined && !leaving && random.nextInt(30) == 0) {
                gone = true; // killed
                requests.clear();
                attached = false;
                streaming = false;
            } else if (!streaming && joined && !leaving) {
                resume();
            }
        }

        private boolean isIdle() {
            return unanswered.rpc().isEmpty();
        }

        private void ask() {
            if (!isIdle()) {
                return;
            }
            if (!joined) {
                send(new Call("Join", 0, 0, "", 0));
            } else if (random.nextInt(40) == 0 && attached) {
                leaving = true;
                send(new Call("Leave", 0, 0, "", 0));
            } else if (random.nextInt(10) == 0) {
                send(new Call("ListParticipants", 0, 0, "", 0));
            } else {
                send(new Call("Publish", 0, ++sequence, text(), 0));
            }
        }

        private String text() {
            return "text " + ++texts + (texts % 7 == 0 ? " \"quoted\" \\ and\nmore" : "");
        }

        private void send(Call call) {
            clock++;
            Call sent = new Call(call.rpc(), clock, call.sequence(), call.text(), call.after());
            unanswered = sent;
            requests.add(sent);
            log("send", sent.rpc(), details(new Logfmt().with("clock", clock), sent));
        }

        private Logfmt details(Logfmt line, Call sent) {
            return sent.rpc().equals("Publish")
                    ? line.with("sequence", sent.sequence()).with("text", sent.text())
                    : line;
        }

        private void log(String kind, String rpc, Logfmt rest) {
            write(
                    name,
                    new Logfmt()
                                    .with("time", TIME)
                                    .with("participant", name)
                                    .with("kind", kind)
                                    .with("rpc", rpc)
                            + " "
                            + rest);
        }

        /** The service takes the oldest request. */
        private void serve() {
            Call call = requests.poll();
            if (call == null) {
                return;
            }
            switch (call.rpc()) {
                case "Join" -> join(call);
                case "Publish" -> publish(call);
                case "Leave" -> leave(call);
                case "Broadcast" -> attach(call);
                default -> answer(call, present ? lamport : 0);
            }
        }

        private void join(Call call) {
            if (!present) {
                present = true;
                leftAt = Long.MAX_VALUE;
                published.clear();
                joinedAt = append("joined", name, call.clock(), "").lamport();
            }
            answer(call, joinedAt);
        }

        private void publish(Call call) {
            if (!present) {
                answer(call, 0);
                return;
            }
            long time = published.computeIfAbsent(
                    call.sequence(),
                    same -> append("published", name, call.clock(), call.text()).lamport());
            answer(call, time);
        }

        private void leave(Call call) {
            if (!present) {
                answer(call, 0);
                return;
            }
            present = false;
            leftAt = append("left", name, call.clock(), "").lamport();
            answer(call, leftAt);
        }

        private void attach(Call call) {
            if (present) {
                attached = true;
                serviceCall(call, witness(call.clock()), "OK");
            } else {
                serviceCall(call, 0, "UNAUTHENTICATED");
                streaming = false;
                log(
                        "end",
                        "Broadcast",
                        new Logfmt()
                                .with("outcome", "UNAUTHENTICATED")
                                .with("reason", "SESSION_UNKNOWN")
                                .with("clock", clock));
                joined = false;
                unanswered = new Call("", 0, 0, "", 0);
                requests.clear();
                answers.clear();
            }
        }

        private void answer(Call call, long time) {
            serviceCall(call, time, time > 0 ? "OK" : "UNAUTHENTICATED");
            answers.add(Map.entry(call, time));
        }

        private void serviceCall(Call call, long time, String outcome) {
            service(new Logfmt()
                    .with("rpc", call.rpc())
                    .with("participant", name)
                    .with("lamport_in", call.rpc().startsWith("List") ? 0 : call.clock())
                    .with("lamport_out", time)
                    .with("outcome", outcome));
        }

        /** The participant hears the oldest answer, unless it is lost. */
        private void hear() {
            Map.Entry<Call, Long> answer = answers.poll();
            if (answer == null) {
                return;
            }
            Call call = answer.getKey();
            if (call.rpc().equals("Publish") && random.nextInt(12) == 0) {
                lose(call);
                return;
            }
            unanswered = new Call("", 0, 0, "", 0);
            long time = answer.getValue();
            if (time == 0) {
                log(
                        "reply",
                        call.rpc(),
                        sequenceOf(
                                call,
                                new Logfmt()
                                        .with("outcome", "UNAUTHENTICATED")
                                        .with("reason", "SESSION_UNKNOWN")
                                        .with("clock", clock)));
                lostSession();
                return;
            }
            clock = Math.max(clock, time) + 1;
            log(
                    "reply",
                    call.rpc(),
                    sequenceOf(
                            call,
                            new Logfmt()
                                    .with("outcome", "OK")
                                    .with("lamport", time)
                                    .with("clock", clock)));
            if (call.rpc().equals("Join")) {
                joined = true;
                sequence = 0;
                broadcast();
            } else if (call.rpc().equals("Leave")) {
                finishStay();
            }
        }

        private Logfmt sequenceOf(Call call, Logfmt line) {
            return call.rpc().equals("Publish") ? line.with("sequence", call.sequence()) : line;
        }

        /** The answer is lost: the same again. */
        private void lose(Call call) {
            log(
                    "reply",
                    call.rpc(),
                    sequenceOf(call, new Logfmt().with("outcome", "UNAVAILABLE").with("clock", clock)));
            send(call);
        }

        private void lostSession() {
            joined = false;
            attached = false;
            streaming = false;
            leaving = false;
        }

        private void finishStay() {
            while (attached && receiveNext()) {
                // what was before the leave comes still
            }
            log("end", "Broadcast", new Logfmt().with("outcome", "OK").with("clock", clock));
            lostSession();
            cursor = 0;
        }

        private void broadcast() {
            clock++;
            streaming = true;
            requests.add(new Call("Broadcast", clock, 0, "", cursor));
            log("send", "Broadcast", new Logfmt().with("clock", clock).with("after", cursor));
            if (cursor == 0) {
                cursor = joinedAt - 1;
            }
        }

        private void resume() {
            broadcast();
        }

        private void breakStream() {
            attached = false;
            streaming = false;
            log("end", "Broadcast", new Logfmt().with("outcome", "UNAVAILABLE").with("clock", clock));
        }

        private void expireIfLost() {
            if (present && !attached && !streaming && !leaving && requests.isEmpty() && answers.isEmpty()) {
                present = false;
                leftAt = append("left", name, 0, "").lamport();
                service(new Logfmt()
                        .with("event", "left")
                        .with("participant", name)
                        .with("lamport_out", leftAt)
                        .with("cause", "expired"));
            }
        }

        private void receive() {
            if (attached) {
                receiveNext();
            }
        }

        private boolean receiveNext() {
            for (Event event : events) {
                boolean owed = event.lamport() > cursor && (present || event.lamport() < leftAt);
                if (owed) {
                    take(event);
                    return true;
                }
            }
            return false;
        }

        private void take(Event event) {
            cursor = event.lamport();
            clock = Math.max(clock, event.lamport()) + 1;
            log(
                    "receive",
                    "Broadcast",
                    new Logfmt()
                            .with("event", event.type())
                            .with("lamport", event.lamport())
                            .with("clock", clock)
                            .with("from", event.from())
                            .with("sent", event.sent())
                            .with("text", event.text()));
        }

        /** Who is too far behind is sent what it lacks before that is forgotten. */
        private void requireReceived(Event oldest) {
            if (joined && !gone && cursor > 0 && cursor < oldest.lamport()) {
                if (attached) {
                    while (cursor < oldest.lamport()) {
                        take(oldest);
                    }
                } else {
                    gone = true;
                }
            }
        }

        /** All requests get replies, and no participant crashes any more. */
        private void finish() {
            while (!gone && (!requests.isEmpty() || !answers.isEmpty())) {
                serve();
                hear();
            }
        }

        private void drain() {
            while (!gone && attached && receiveNext()) {
                // until it has everything
            }
        }
    }
}
