package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A chat without processes, in which everything happens at once. Used by one thread. */
final class FakeVenue implements Venue, Nodes {

    private static final int NODES = 3;

    private final boolean isPrompt;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Deque<Runnable> onTheWay = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private long lamport;
    private boolean stopped;

    /** @param isPrompt whether a message arrives before the next one is typed, or when the test reads the log */
    FakeVenue(boolean isPrompt) {
        this.isPrompt = isPrompt;
    }

    /** What happened to lines, the service and processes. */
    List<String> done() {
        return done;
    }

    @Override
    public DemoParticipant admit(String name) {
        Person person = new Person(name, people.size() % NODES + 1);
        people.put(name, person);
        return person;
    }

    @Override
    public void cut(String name) {
        done.add("cut " + name);
        person(name).disconnect();
    }

    @Override
    public void mend(String name) {
        done.add("mend " + name);
        person(name).connect();
    }

    @Override
    public void slow(String name, Duration delay) {
        done.add("slow " + name + " " + delay);
    }

    @Override
    public void spoil(String name) {
        done.add("spoil " + name);
    }

    @Override
    public int breaks(String name) {
        return 0;
    }

    @Override
    public void stopService() {
        done.add("stop");
        stopped = true;
        people.values().forEach(Person::disconnect);
    }

    @Override
    public void startService() {
        done.add("start");
        stopped = false;
        people.values().forEach(Person::connect);
    }

    @Override
    public Nodes nodes() {
        return this;
    }

    /** Everybody goes to the node before. */
    @Override
    public void kill(int node) {
        done.add("kill node " + node);
        flee(node);
    }

    @Override
    public void start(int node) {
        done.add("start node " + node);
    }

    @Override
    public int killLeadingBroker() {
        done.add("kill leader");
        return 2;
    }

    @Override
    public void cutOff(int node) {
        done.add("cut off node " + node);
        flee(node);
    }

    @Override
    public void bringBack(int node) {
        done.add("bring back node " + node);
    }

    private void flee(int node) {
        people.values().stream().filter(person -> person.node == node).forEach(person -> {
            person.disconnect();
            person.node = Math.floorMod(node - 2, NODES) + 1;
            person.connect();
        });
    }

    @Override
    public int acceptedBy(String participant, long clock) {
        return person(participant).node;
    }

    private Person person(String name) {
        return Objects.requireNonNull(people.get(name), name);
    }

    private long tell(String event, String from, String text) {
        lamport++;
        people.values()
                .forEach(person -> person.receive("event=%s lamport=%d clock=%d from=%s text=\"%s\""
                        .formatted(event, lamport, lamport + 1, from, text)));
        return lamport;
    }

    private void deliver() {
        while (!onTheWay.isEmpty()) {
            onTheWay.remove().run();
        }
    }

    private final class Person implements DemoParticipant {

        private final String name;
        private final StringBuilder content = new StringBuilder();
        private final List<String> missed = new ArrayList<>();
        private final List<String> waiting = new ArrayList<>();
        private boolean isThere;
        private boolean isConnected = true;
        private int node;

        Person(String name, int node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Path logFile() {
            return Path.of(name + ".log");
        }

        @Override
        public ParticipantRecords log() {
            return ParticipantRecords.parse(logFile(), content.toString());
        }

        @Override
        public void type(String line) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "join" -> {
                    isThere = true;
                    long time = tell("joined", name, "Participant " + name + " joined");
                    write("kind=reply rpc=Join outcome=OK lamport=%d clock=%d".formatted(time, time + 1));
                    listen();
                }
                case "leave" -> {
                    isThere = false;
                    long time = tell("left", name, "Participant " + name + " left");
                    write("kind=reply rpc=Leave outcome=OK lamport=%d clock=%d".formatted(time, time + 1));
                }
                case "say" -> say(words[1]);
                default -> done.add(line + " " + name);
            }
        }

        private void say(String text) {
            write("kind=send rpc=Publish clock=1 sequence=1 text=\"%s\"".formatted(text));
            if (!isConnected) {
                waiting.add(text);
                return;
            }
            onTheWay.add(() -> tell("published", name, text));
            if (isPrompt) {
                deliver();
            }
        }

        void receive(String fields) {
            if (isThere && isConnected) {
                write("kind=receive rpc=Broadcast " + fields);
            } else if (isThere) {
                missed.add(fields);
            }
        }

        void disconnect() {
            if (isThere && isConnected) {
                isConnected = false;
                write("kind=end rpc=Broadcast outcome=UNAVAILABLE clock=1");
            }
        }

        void connect() {
            if (isThere && !isConnected && !stopped) {
                isConnected = true;
                missed.forEach(this::receive);
                missed.clear();
                listen();
                waiting.forEach(text -> onTheWay.add(() -> tell("published", name, text)));
                waiting.clear();
            }
        }

        private void listen() {
            write("kind=send rpc=Broadcast clock=1");
            write("kind=receive rpc=Broadcast event=caught_up lamport=1 clock=2");
        }

        private void write(String rest) {
            content.append("time=2026-11-21T10:50:39Z participant=%s %s%n".formatted(name, rest));
        }

        @Override
        public LogRecord awaitRecord(String what, Predicate<LogRecord> fits) {
            deliver();
            return log().records().stream()
                    .filter(fits)
                    .findFirst()
                    .orElseThrow(() -> new ProcessFailedException(what + " in the log of " + name));
        }

        @Override
        public void kill() {
            done.add("kill " + name);
            isThere = false;
            tell("left", name, "Participant " + name + " left");
        }

        @Override
        public void awaitGoodEnd() {}
    }
}
