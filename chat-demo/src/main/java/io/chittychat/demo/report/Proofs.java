package io.chittychat.demo.report;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.LAMPORT_OUT;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.RPC;
import static io.chittychat.text.LogKeys.SEQUENCE;

import io.chittychat.demo.report.Proof.Evidence;
import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import io.chittychat.trace.log.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the lines that show each requirement in the logs of a run. */
final class Proofs {

    private final Run run;
    private final CallLog service;
    private final TraceResult checked;

    Proofs(Run run) {
        this.run = run;
        this.service = new CallLog(run.services());
        this.checked = run.trace(TraceListener.NONE);
    }

    /**
     * All requirements, in their order.
     *
     * @param home the checkout
     */
    List<Proof> of(Path home) {
        return Stream.of(publishing(), presence(), technical(), deployment(home))
                .flatMap(List::stream)
                .toList();
    }

    private List<Proof> publishing() {
        return List.of(
                new Proof(
                        "R1",
                        "Any client may publish a valid message at any time: UTF-8, at most 128 characters.",
                        "The last accepted message of each participant.",
                        lastOfEach(this::isAcceptedPublish)),
                new Proof(
                        "R2",
                        "A client publishes by calling Publish().",
                        "The service's record of each call.",
                        service.accepted("Publish")),
                new Proof(
                        "R3",
                        "Every message is broadcast with its Lamport time to all participants, by Broadcast().",
                        "One message in the logs of its receivers. " + finding(Requirement.MESSAGES),
                        copies("published", List.of())),
                new Proof(
                        "R4",
                        "A client that receives a broadcast logs the message and its Lamport time.",
                        "The first message from another participant in each log.",
                        firstOfEach(entry -> entry.isEvent("published") && !isOwn(entry))));
    }

    private List<Proof> presence() {
        List<Evidence> leaves = evidence(records(entry -> entry.is(RecordKind.SEND, "Leave")));
        List<Evidence> expired = firstPerEvent(this::isExpiry);
        return List.of(
                new Proof("R5", "Clients may join at any time.", latecomers(), evidence(joins())),
                new Proof(
                        "R6",
                        "\u201cParticipant X joined Chitty-Chat at Lamport time L\u201d is broadcast to all, newcomer included.",
                        "One join in the logs of its receivers, including the newcomer's. "
                                + finding(Requirement.JOINS),
                        copies("joined", newcomersWithOwnJoin())),
                new Proof(
                        "R7",
                        "Clients may drop out at any time.",
                        "Calls of Leave: %d; sessions that expired without one: %d."
                                .formatted(leaves.size(), expired.size()),
                        Stream.concat(leaves.stream(), expired.stream()).toList()),
                new Proof(
                        "R8",
                        "\u201cParticipant X left Chitty-Chat at Lamport time L\u201d is broadcast to all remaining participants.",
                        "One leave in the logs of its receivers. " + finding(Requirement.LEAVES),
                        copies("left", List.of())));
    }

    private List<Proof> technical() {
        List<Evidence> joins = service.accepted("Join");
        long people = joins.stream()
                .map(call -> CallLog.value(call.text(), PARTICIPANT))
                .distinct()
                .count();
        return List.of(
                new Proof(
                        "gRPC",
                        "gRPC carries all messages between the nodes.",
                        "The address of the service, and one call of each of the %d methods that were called."
                                .formatted(oneCallOfEachMethod().size()),
                        Stream.concat(service.ready().stream(), oneCallOfEachMethod().stream())
                                .toList()),
                new ProcessProof(run, firstPerEvent(this::isExpiry)).proof(),
                new Proof(
                        "Call log",
                        "All calls of the service are logged.",
                        answered(),
                        service.accepted().stream().limit(3).toList()),
                new Proof(
                        "Three clients",
                        "At least three clients took part, with joins and leaves.",
                        people + " participants joined.",
                        people < 3
                                ? List.of()
                                : Stream.of(joins, service.accepted("Leave"))
                                        .flatMap(List::stream)
                                        .toList()));
    }

    private static List<Proof> deployment(Path home) {
        String compose = "docker-compose.yml";
        return Files.isRegularFile(home.resolve(compose))
                ? List.of(new Proof(
                        "Containers",
                        "The system can be deployed as Docker containers.",
                        "The checkout has the file; this run did not use it.",
                        List.of(new Evidence(compose, 1, "docker compose up"))))
                : List.of();
    }

    /** The finding about a requirement in the check of all logs. */
    private String finding(Requirement requirement) {
        return checked.verdicts().stream()
                .filter(verdict -> verdict.requirement() == requirement)
                .findFirst()
                .map(verdict -> verdict.holds()
                        ? "All logs: %d %s were checked, and none is missing or different."
                                .formatted(verdict.evidence(), requirement.unit())
                        : "The check of all logs found that it is violated %d times.".formatted(verdict.count()))
                .orElse("");
    }

    private List<LogRecord> joins() {
        return records(entry -> entry.is(RecordKind.REPLY, "Join") && entry.isOk());
    }

    private String latecomers() {
        long firstMessage = records(entry -> entry.isEvent("published")).stream()
                .mapToLong(LogRecord::lamport)
                .min()
                .orElse(Long.MAX_VALUE);
        long later =
                joins().stream().filter(join -> join.lamport() > firstMessage).count();
        return "Joins, %d of %d after the first message.".formatted(later, joins().size());
    }

    private List<Evidence> oneCallOfEachMethod() {
        Map<String, Evidence> first = service.accepted().stream()
                .collect(Collectors.toMap(
                        call -> CallLog.value(call.text(), RPC), call -> call, (one, other) -> one, TreeMap::new));
        return first.values().stream()
                .sorted(Comparator.comparingInt(Evidence::line))
                .toList();
    }

    /** The number of replies in the participants' logs that the service's log has, too. */
    private String answered() {
        List<LogRecord> answers = records(entry -> entry.kind() == RecordKind.REPLY && entry.isOk());
        long found = answers.stream().filter(this::isInServiceLog).count();
        return "%d of the %d replies that participants logged are in the service's log, with the same time."
                .formatted(found, answers.size());
    }

    private boolean isInServiceLog(LogRecord answer) {
        return service.accepted(answer.rpc()).stream()
                .map(Evidence::text)
                .anyMatch(line -> CallLog.value(line, PARTICIPANT).equals(answer.participant())
                        && CallLog.value(line, LAMPORT_OUT).equals(String.valueOf(answer.lamport())));
    }

    private boolean isAcceptedPublish(LogRecord request) {
        return request.is(RecordKind.SEND, "Publish")
                && run.records()
                        .anyMatch(entry -> entry.is(RecordKind.REPLY, "Publish")
                                && entry.isOk()
                                && entry.participant().equals(request.participant())
                                && entry.find(SEQUENCE).equals(request.find(SEQUENCE)));
    }

    private static boolean isOwn(LogRecord event) {
        return event.find(FROM).equals(Optional.of(event.participant()));
    }

    private boolean isExpiry(LogRecord entry) {
        return entry.isEvent("left") && entry.sent() == 0;
    }

    private List<Long> newcomersWithOwnJoin() {
        return records(entry -> entry.isEvent("joined") && isOwn(entry)).stream()
                .map(LogRecord::lamport)
                .toList();
    }

    /**
     * The copies of the event of a type with the most receivers; of several the latest.
     *
     * @param among the Lamport times to choose from; empty for all
     */
    private List<Evidence> copies(String type, List<Long> among) {
        Map<Long, List<LogRecord>> events =
                records(entry -> entry.isEvent(type) && (among.isEmpty() || among.contains(entry.lamport()))).stream()
                        .collect(Collectors.groupingBy(LogRecord::lamport, TreeMap::new, Collectors.toList()));
        return events.values().stream()
                .max(Comparator.<List<LogRecord>>comparingInt(List::size)
                        .thenComparingLong(copies -> copies.get(0).lamport()))
                .map(this::evidence)
                .orElse(List.of());
    }

    private List<Evidence> firstPerEvent(Predicate<LogRecord> wanted) {
        Map<Long, LogRecord> first = new TreeMap<>();
        records(wanted).forEach(entry -> first.putIfAbsent(entry.lamport(), entry));
        return evidence(List.copyOf(first.values()));
    }

    private List<Evidence> firstOfEach(Predicate<LogRecord> wanted) {
        return evidence(run.participants().stream()
                .flatMap(log -> log.records().stream().filter(wanted).limit(1))
                .toList());
    }

    private List<Evidence> lastOfEach(Predicate<LogRecord> wanted) {
        List<LogRecord> last = new ArrayList<>();
        for (ParticipantRecords log : run.participants()) {
            log.records().stream()
                    .filter(wanted)
                    .reduce((earlier, later) -> later)
                    .ifPresent(last::add);
        }
        return evidence(last);
    }

    private List<LogRecord> records(Predicate<LogRecord> wanted) {
        return run.records().filter(wanted).toList();
    }

    private List<Evidence> evidence(List<LogRecord> records) {
        return records.stream()
                .map(entry -> new Evidence(String.valueOf(entry.file().getFileName()), entry.line(), run.lineOf(entry)))
                .toList();
    }
}
