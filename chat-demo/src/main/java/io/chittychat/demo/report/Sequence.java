package io.chittychat.demo.report;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceListener.ServiceStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import io.chittychat.trace.log.RecordKind;
import io.chittychat.trace.log.ServiceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps of a run, and the computation of their Lamport times. */
final class Sequence {

    private static final String SERVICE = "service";

    /** The length of a message in the table, in code points. */
    private static final int SAID = 40;

    private final List<ComputedStep> steps;
    private final List<LogRecord> events;
    private final Run run;

    /**
     * A step.
     *
     * @param time the Lamport time after it
     * @param who the process
     * @param what a description
     * @param computation of the time
     * @param place the line that records it
     */
    record ComputedStep(long time, String who, String what, String computation, String place) {}

    /**
     * A part of the run.
     *
     * @param from its first Lamport time
     * @param to its last Lamport time
     */
    record LamportRange(long from, long to) {}

    private Sequence(Run run, List<LogRecord> events) {
        this.run = run;
        this.events = events;
        List<ComputedStep> all = new ArrayList<>();
        run.participants().forEach(log -> addParticipant(log, all));
        addService(all);
        all.sort(Comparator.comparingLong(ComputedStep::time));
        this.steps = List.copyOf(all);
    }

    static Sequence of(Run run) {
        TreeMap<Long, LogRecord> events = new TreeMap<>();
        run.records().filter(LogRecord::isEvent).forEach(event -> events.putIfAbsent(event.lamport(), event));
        return new Sequence(run, List.copyOf(events.values()));
    }

    List<ComputedStep> within(LamportRange window) {
        return steps.stream()
                .filter(step -> window.from() <= step.time() && step.time() <= window.to())
                .toList();
    }

    /** From the two messages before the first two that are concurrent, to the last receipt of these. */
    LamportRange talk() {
        List<LogRecord> said = events("published");
        for (int i = 1; i < said.size(); i++) {
            Optional<LogRecord> other = concurrentBefore(said, i);
            if (other.isPresent()) {
                int first = said.indexOf(other.get());
                return new LamportRange(said.get(Math.max(0, first - 2)).sent(), lastReceipt(said.get(i)));
            }
        }
        return said.isEmpty()
                ? whole()
                : new LamportRange(said.get(0).sent(), lastReceipt(said.get(Math.min(2, said.size() - 1))));
    }

    /** Whether two messages are concurrent: neither author had received the other message. */
    boolean hasConcurrentMessages() {
        List<LogRecord> said = events("published");
        return IntStream.range(1, said.size())
                .anyMatch(i -> concurrentBefore(said, i).isPresent());
    }

    /**
     * The latest earlier message of another author, if it is concurrent to this one. If it is not, no earlier message is, because
     * events are received in order.
     */
    private Optional<LogRecord> concurrentBefore(List<LogRecord> said, int message) {
        LogRecord mine = said.get(message);
        return IntStream.iterate(message - 1, i -> i >= 0, i -> i - 1)
                .mapToObj(said::get)
                .filter(other -> !other.find(FROM).equals(mine.find(FROM)))
                .findFirst()
                .filter(other -> areConcurrent(mine, other));
    }

    /** From the first request to leave to the last receipt of the first session that expired, or of the first leave. */
    LamportRange farewell() {
        List<LogRecord> left = events("left");
        if (left.isEmpty()) {
            return whole();
        }
        LogRecord last =
                left.stream().filter(event -> event.sent() == 0).findFirst().orElse(left.get(0));
        LogRecord first = left.get(0).sent() > 0 && left.get(0).lamport() <= last.lamport() ? left.get(0) : last;
        return new LamportRange(first.sent() > 0 ? first.sent() : first.lamport() - 2, lastReceipt(last));
    }

    private LamportRange whole() {
        return new LamportRange(
                0, steps.isEmpty() ? 0 : steps.get(steps.size() - 1).time());
    }

    private List<LogRecord> events(String type) {
        return events.stream().filter(event -> event.isEvent(type)).toList();
    }

    private long lastReceipt(LogRecord event) {
        return run.records()
                .filter(entry -> entry.isEvent() && entry.lamport() == event.lamport())
                .mapToLong(LogRecord::clock)
                .max()
                .orElse(event.lamport());
    }

    /** Each was sent before its author received the other. */
    private boolean areConcurrent(LogRecord one, LogRecord other) {
        return isSentBeforeReceiptOf(one, other) && isSentBeforeReceiptOf(other, one);
    }

    private boolean isSentBeforeReceiptOf(LogRecord mine, LogRecord theirs) {
        String author = mine.find(FROM).orElse("");
        return !author.equals(theirs.find(FROM).orElse(""))
                && run.records()
                        .filter(entry -> entry.participant().equals(author))
                        .filter(entry -> entry.isEvent() && entry.lamport() == theirs.lamport())
                        .anyMatch(receipt -> mine.sent() < receipt.clock());
    }

    private static void addParticipant(ParticipantRecords log, List<ComputedStep> steps) {
        long before = 0;
        for (LogRecord entry : log.records()) {
            if (entry.kind() == RecordKind.SEND || entry.carriesLamport()) {
                String computation = entry.kind() == RecordKind.SEND
                        ? equation("%d + 1".formatted(before), before + 1, entry.clock())
                        : maximum(before, entry.lamport(), entry.clock());
                steps.add(new ComputedStep(entry.clock(), entry.participant(), what(entry), computation, place(entry)));
            }
            before = entry.clock();
        }
    }

    private static String what(LogRecord entry) {
        String from = entry.find(FROM).map(name -> " of " + name).orElse("");
        return switch (entry.kind()) {
            case SEND ->
                "sends " + entry.rpc()
                        + entry.find(TEXT)
                                .map(said -> " \u201c" + shortened(said) + "\u201d")
                                .orElse("");
            case REPLY -> "receives the reply to " + entry.rpc() + ", time " + entry.lamport();
            case RECEIVE -> "receives " + entry.find(EVENT).orElse("") + from + ", time " + entry.lamport();
            case END -> "";
        };
    }

    private static String shortened(String said) {
        return said.codePointCount(0, said.length()) <= SAID
                ? said
                : said.substring(0, said.offsetByCodePoints(0, SAID)) + "\u2026";
    }

    private static String place(LogRecord entry) {
        return entry.file().getFileName() + ":" + entry.line();
    }

    /** The service's steps, as the trace finds them in its log and in the participants' logs. */
    private void addService(List<ComputedStep> steps) {
        List<ServiceStep> own = new ArrayList<>();
        run.trace(new TraceListener() {
            @Override
            public void happened(ServiceStep serviceStep) {
                own.add(serviceStep);
            }
        });
        TreeSet<Long> starts = new TreeSet<>(new CallLog(run.services()).clocksAtStart());
        long before = 0;
        for (ServiceStep step : own) {
            Long restored = starts.lower(step.lamport());
            before = Math.max(before, restored == null ? 0 : restored);
            String computation = run.services().isEmpty()
                    ? "later than %d and %d"
                            .formatted(before, step.sent()) // steps that only its log records are unknown
                    : maximum(before, step.sent(), step.lamport());
            steps.add(new ComputedStep(step.lamport(), SERVICE, what(step), computation, place(step)));
            before = step.lamport();
        }
    }

    private static String what(ServiceStep step) {
        ServiceRecord call = step.service();
        if (call != null && !call.what().equals("left")) {
            return "orders %s of %s".formatted(call.what(), step.from());
        }
        return "orders %s of %s%s"
                .formatted(step.type(), step.from(), step.sent() == 0 ? ", whose session has expired" : "");
    }

    /** The line of the service, otherwise of a receipt, otherwise of the reply. */
    private String place(ServiceStep step) {
        ServiceRecord call = step.service();
        if (call != null) {
            return call.place().file().getFileName() + ":" + call.place().line();
        }
        return Stream.concat(
                        step.copies().stream(),
                        run.records()
                                .filter(entry -> entry.kind() == RecordKind.REPLY && entry.isOk())
                                .filter(reply ->
                                        reply.participant().equals(step.from()) && reply.lamport() == step.lamport()))
                .map(Sequence::place)
                .findFirst()
                .orElse("");
    }

    private static String maximum(long own, long received, long logged) {
        return equation("max(%d, %d) + 1".formatted(own, received), Math.max(own, received) + 1, logged);
    }

    /** Names the logged time, too, if it differs. */
    private static String equation(String left, long computed, long logged) {
        return computed == logged
                ? "%s = %d".formatted(left, logged)
                : "%s = %d, but %d is logged".formatted(left, computed, logged);
    }
}
