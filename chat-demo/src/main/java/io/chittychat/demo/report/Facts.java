package io.chittychat.demo.report;

import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.log.LogRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The attributes of the document: facts of the build and of the run. */
final class Facts {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Checkout checkout;
    private final Run run;
    private final Contract contract;
    private final Adoc adoc;

    Facts(Checkout checkout, Run run, Contract contract, Adoc adoc) {
        this.checkout = checkout;
        this.run = run;
        this.contract = contract;
        this.adoc = adoc;
    }

    /** One attribute in a line. */
    String attributes(Sequence sequence) {
        Map<String, String> facts = new LinkedHashMap<>();
        build(facts);
        run(facts);
        facts.put("talk", span(sequence.talk()));
        facts.put("farewell", span(sequence.farewell()));
        facts.put("concurrent", sequence.hasConcurrentMessages() ? "yes" : "");
        return facts.entrySet().stream()
                .filter(fact -> !fact.getValue().isEmpty())
                .map(fact -> ":%s: %s%n".formatted(fact.getKey(), value(fact.getValue())))
                .collect(Collectors.joining());
    }

    /** Harmless facts stay plain, because the title page and the PDF's metadata show character references as they are. */
    private String value(String fact) {
        return fact.matches("[A-Za-z0-9 .,:()-]+") && !fact.contains("--") && !fact.contains("..")
                ? fact
                : adoc.text(fact);
    }

    private static String span(Sequence.LamportRange window) {
        return window.from() + " to " + window.to();
    }

    private void build(Map<String, String> facts) {
        facts.put("version", checkout.version());
        facts.put("commit", checkout.commit().orElse(""));
        facts.put("address", checkout.address().orElse(""));
        facts.put("service", contract.service());
        facts.put("method-count", String.valueOf(contract.methods().size()));
        facts.put("grpc-version", checkout.property("grpc.version"));
        facts.put("protobuf-version", checkout.property("protobuf.version"));
        facts.put("spring-boot-version", checkout.property("spring-boot.version"));
        facts.put("java-release", checkout.property("maven.compiler.release"));
    }

    private void run(Map<String, String> facts) {
        Instant began = run.began();
        List<String> names = run.participants().stream()
                .flatMap(log -> log.records().stream().limit(1))
                .sorted(java.util.Comparator.comparing(LogRecord::time))
                .map(LogRecord::participant)
                .toList();
        TraceResult.Events events = run.trace(TraceListener.NONE).events();
        facts.put("run-day", DAY.format(began));
        facts.put("run-moment", MOMENT.format(began));
        facts.put("participants", String.join(", ", names));
        facts.put("participant-count", String.valueOf(names.size()));
        facts.put("event-count", String.valueOf(events.count()));
        facts.put("last-time", String.valueOf(events.last()));
    }
}
