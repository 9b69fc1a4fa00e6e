package io.chittychat.examiner.report;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the result of an examination as one object of JSON. */
public final class CheckJson {

    private CheckJson() {}

    /** The object, in one line. */
    public static String of(Examined examined) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("address", examined.address());
            json.writeStringProperty("service", examined.service());
            json.writeNumberProperty("exitCode", examined.exitCode());
            json.writeStringProperty("conclusion", examined.conclusion());
            json.writeArrayPropertyStart("requirements");
            examined.verdicts().forEach(verdict -> write(json, verdict));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Verdict verdict) {
        json.writeStartObject();
        json.writeStringProperty("requirement", verdict.requirement().label());
        json.writeStringProperty("meaning", verdict.requirement().meaning());
        json.writeStringProperty("result", word(verdict.result()));
        json.writeNumberProperty("evidence", verdict.evidence());
        json.writeStringProperty("unit", verdict.requirement().unit());
        json.writeArrayPropertyStart("findings");
        verdict.findings().forEach(finding -> write(json, finding));
        json.writeEndArray();
        json.writeNumberProperty("moreFindings", verdict.more());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("weight", word(finding.weight()));
        json.writeStringProperty("what", finding.what());
        json.writeStringProperty("expected", finding.expected());
        json.writeStringProperty("seen", finding.seen());
        json.writeArrayPropertyStart("evidence");
        finding.evidence().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
