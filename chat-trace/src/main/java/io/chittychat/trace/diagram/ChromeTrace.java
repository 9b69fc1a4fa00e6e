package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * A conversation in the trace-event format of Chrome, which Perfetto opens: a track for each process, a slice for each step, and
 * an arrow for each message. A millisecond there is one Lamport time.
 *
 * @see <a href="https://ui.perfetto.dev">Perfetto</a>
 */
public final class ChromeTrace {

    private static final long MICROSECONDS = 1_000;
    private static final int PROCESS = 1;

    private ChromeTrace() {}

    /** The trace as JSON. */
    public static String of(SpaceTime spaceTime) {
        StringWriter target = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(target)) {
            json.writeStartObject();
            json.writeStringProperty("displayTimeUnit", "ms");
            json.writeArrayPropertyStart("traceEvents");
            Story story = new Story(spaceTime);
            for (int number = 0; number < spaceTime.lifelines().size(); number++) {
                track(number, spaceTime.lifelines().get(number), story.name(number), json);
            }
            spaceTime.steps().forEach(step -> slice(step, story, json));
            for (int id = 0; id < spaceTime.messages().size(); id++) {
                Message message = spaceTime.messages().get(id);
                end("s", id, message, spaceTime.steps().get(message.from()), json);
                end("f", id, message, spaceTime.steps().get(message.to()), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return target.append('\n').toString();
    }

    private static void track(int number, Lifeline lifeline, String name, JsonGenerator json) {
        begin("M", "thread_name", number, json);
        json.writeObjectPropertyStart("args");
        json.writeStringProperty("name", name);
        json.writeEndObject();
        json.writeEndObject();
        begin("M", "thread_sort_index", number, json);
        json.writeObjectPropertyStart("args");
        json.writeNumberProperty("sort_index", lifeline.role() == Lifeline.Role.SERVICE ? -1 : number);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void begin(String phase, String name, int lifeline, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("ph", phase);
        json.writeStringProperty("name", name);
        json.writeNumberProperty("pid", PROCESS);
        json.writeNumberProperty("tid", lifeline + 1);
    }

    private static void slice(Step step, Story story, JsonGenerator json) {
        begin("X", story.sentence(step), step.lifeline(), json);
        json.writeStringProperty("cat", Format.word(step.kind()));
        json.writeNumberProperty("ts", step.time() * MICROSECONDS);
        json.writeNumberProperty("dur", MICROSECONDS / 2);
        json.writeObjectPropertyStart("args");
        json.writeNumberProperty("lamport", step.time());
        step.source().ifPresent(place -> {
            json.writeStringProperty("file", String.valueOf(place.file().getFileName()));
            json.writeNumberProperty("line", place.line());
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void end(String phase, int id, Message message, Step step, JsonGenerator json) {
        begin(phase, Format.word(message.kind()), step.lifeline(), json);
        json.writeStringProperty("cat", "message");
        json.writeNumberProperty("id", id);
        json.writeNumberProperty("ts", step.time() * MICROSECONDS);
        if (phase.equals("f")) {
            json.writeStringProperty("bp", "e"); // the slice around it, not the next one
        }
        json.writeEndObject();
    }
}
