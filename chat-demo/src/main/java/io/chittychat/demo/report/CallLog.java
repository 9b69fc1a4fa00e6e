package io.chittychat.demo.report;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.LAMPORT_OUT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.RPC;

import io.chittychat.demo.report.Proof.Evidence;
import io.chittychat.text.LogFormatException;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.ServiceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The calls in the service's log, or in those of its nodes. */
final class CallLog {

    private static final Pattern READY = Pattern.compile(".*Chitty-Chat is ready: gRPC on .*");

    private static final Place NOWHERE = new Place(Path.of(""), 0); // the caller knows the place

    private final List<RunLog> logs;

    CallLog(List<RunLog> logs) {
        this.logs = logs;
    }

    /** The line with the address of the service. */
    List<Evidence> ready() {
        return lines(line -> READY.matcher(line).matches());
    }

    /** The accepted calls that moved the clock. */
    List<Evidence> accepted() {
        return lines(line ->
                "OK".equals(value(line, OUTCOME)) && !value(line, LAMPORT_OUT).isEmpty());
    }

    /** The accepted calls of a method. */
    List<Evidence> accepted(String rpc) {
        return accepted().stream()
                .filter(call -> value(call.text(), RPC).equals(rpc))
                .toList();
    }

    /** The clock at each start of the service: earlier events are in the store, even if the log lacks them. */
    List<Long> clocksAtStart() {
        return lines(line -> "started".equals(value(line, EVENT))).stream()
                .map(line -> number(line, LAMPORT_OUT))
                .toList();
    }

    private List<Evidence> lines(Predicate<String> wanted) {
        return logs.stream().flatMap(log -> lines(log, wanted).stream()).toList();
    }

    private static List<Evidence> lines(RunLog log, Predicate<String> wanted) {
        return IntStream.rangeClosed(1, log.lines().size())
                .filter(number -> wanted.test(log.line(number)))
                .mapToObj(number -> new Evidence(log.name(), number, log.line(number)))
                .toList();
    }

    /** A Lamport time of a call; 0 if there is none. */
    static long number(Evidence call, String key) {
        String value = value(call.text(), key);
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }

    /** The value of a pair of a record; empty if there is none. */
    static String value(String line, String key) {
        if (!ServiceRecord.claims(line)) {
            return "";
        }
        try {
            return ServiceRecord.parse(NOWHERE, line).fields().find(key).orElse("");
        } catch (LogFormatException e) {
            return ""; // a cut line, which the trace reports
        }
    }
}
