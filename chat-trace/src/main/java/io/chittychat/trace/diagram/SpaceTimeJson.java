package io.chittychat.trace.diagram;

import io.chittychat.trace.check.ConcurrentMessages;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.spacetime.Fault;
import io.chittychat.trace.spacetime.Incident;
import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Gives a conversation to other programs, as one JSON object:
 *
 * <pre>{@code
 * {
 *   "format": "chitty-chat/space-time", "version": 1,
 *   "window":    {"from": 1, "to": 41, "first": 1, "last": 41},
 *   "lifelines": [{"id": 1, "role": "participant", "name": "alice", "shown": "alice",
 *                  "presences": [{"joined": 2, "ended": 41, "ending": "left"}]}, ...],
 *   "steps":     [{"id": 0, "lifeline": 1, "time": 1, "kind": "request", "rpc": "Join", "text": "",
 *                  "summary": "alice sends Join", "broken": false,
 *                  "recordedAt": "2026-11-21T17:03:19.606Z", "file": "participant-alice.log", "line": 1}, ...],
 *   "messages":  [{"id": 0, "from": 0, "to": 1, "kind": "request", "broken": false}, ...],
 *   "incidents": [{"after": 12, "what": "node 2 is killed", "recordedAt": "2026-11-21T17:03:21.120Z"}, ...],
 *   "concurrent": {"pairs": 11, "first": [[20, 21], [34, 38], ...]},
 *   "violations": [{"what": "R3, participant-bob.log:14: ...", "step": 60}, ...]
 * }
 * }</pre>
 *
 * <p>An id is a place in its list; {@code from} and {@code to} of a message are ids of steps. The steps are in an order in which
 * they may have happened. {@code kind}, {@code role} and {@code ending} are the constants of the model in small letters with
 * hyphens. Events and their copies have {@code author}, the name of the participant that they are about, and {@code sent}, its
 * clock when it sent the request that led to the event; requests, replies and copies of messages have {@code sequence}, if the
 * log has it. {@code name} and {@code text} are as written, {@code shown} and {@code summary} are safe to show;
 * {@code broken} says that Lamport's clock condition does not hold there. {@code recordedAt}, {@code file} and {@code line}
 * are missing if no log has the step; {@code incidents} if there are none. {@code concurrent} has the Lamport times of messages of
 * this part of which neither author had received the other's before sending: the first 1,000 pairs; it is missing if there are
 * none. {@code violations} are what the check of the logs has
 * found, missing if there was no check; one without {@code step} is about a line that is not in this part. A participant of a service on several nodes has
 * {@code attachments}, too: {@code {"time": 4, "node": "node-2"}} for each accepted Broadcast. Lamport times are whole numbers of up to 63 bits. The version changes when a
 * reader of the old shape would go wrong; fields may be added without that.
 */
public final class SpaceTimeJson {

    /** Version of the shape. */
    public static final int VERSION = 1;

    private static final String FORMAT = "chitty-chat/space-time";

    private SpaceTimeJson() {}

    /** The conversation as JSON, with one line or more for each step. */
    public static String of(SpaceTime spaceTime) {
        StringWriter target = new StringWriter();
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
        ObjectWriteContext context = new ObjectWriteContext.Base() {
            @Override
            public DefaultPrettyPrinter getPrettyPrinter() {
                return lines;
            }
        };
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(context, target)) {
            write(spaceTime, json);
        }
        return target.append('\n').toString();
    }

    private static void write(SpaceTime spaceTime, JsonGenerator json) {
        Story story = new Story(spaceTime);
        ClockCondition rules = new ClockCondition(spaceTime);
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("version", VERSION);
        window(spaceTime.window(), json);
        json.writeArrayPropertyStart("lifelines");
        for (int id = 0; id < spaceTime.lifelines().size(); id++) {
            lifeline(id, spaceTime.lifelines().get(id), story, json);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("steps");
        spaceTime.steps().forEach(step -> step(step, story, rules, json));
        json.writeEndArray();
        json.writeArrayPropertyStart("messages");
        for (int id = 0; id < spaceTime.messages().size(); id++) {
            message(id, spaceTime.messages().get(id), rules, json);
        }
        json.writeEndArray();
        incidents(spaceTime, json);
        concurrent(spaceTime, json);
        violations(spaceTime, json);
        json.writeEndObject();
    }

    private static void window(SpaceTime.Window window, JsonGenerator json) {
        json.writeObjectPropertyStart("window");
        json.writeNumberProperty("from", window.from());
        json.writeNumberProperty("to", window.to());
        json.writeNumberProperty("first", window.first());
        json.writeNumberProperty("last", window.last());
        json.writeEndObject();
    }

    private static void lifeline(int id, Lifeline lifeline, Story story, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeStringProperty("role", Format.word(lifeline.role()));
        json.writeStringProperty("name", lifeline.name());
        json.writeStringProperty("shown", story.name(id));
        json.writeArrayPropertyStart("presences");
        for (Lifeline.Presence presence : lifeline.presences()) {
            json.writeStartObject();
            json.writeNumberProperty("joined", presence.joined());
            json.writeNumberProperty("ended", presence.ended());
            json.writeStringProperty("ending", Format.word(presence.ending()));
            json.writeEndObject();
        }
        json.writeEndArray();
        attachments(lifeline, json);
        json.writeEndObject();
    }

    /** Left out if the service is one process. */
    private static void attachments(Lifeline lifeline, JsonGenerator json) {
        if (lifeline.attachments().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("attachments");
        for (Lifeline.Attachment attachment : lifeline.attachments()) {
            json.writeStartObject();
            json.writeNumberProperty("time", attachment.time());
            json.writeStringProperty("node", attachment.node());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Left out if there is none. */
    private static void incidents(SpaceTime spaceTime, JsonGenerator json) {
        if (spaceTime.incidents().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("incidents");
        for (Incident.Placed placed : spaceTime.incidents()) {
            json.writeStartObject();
            json.writeNumberProperty("after", placed.after());
            json.writeStringProperty("what", placed.incident().what());
            json.writeStringProperty("recordedAt", placed.incident().at().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Left out if there is none. */
    private static void concurrent(SpaceTime spaceTime, JsonGenerator json) {
        ConcurrentMessages.Found found = spaceTime.concurrent();
        if (found.count() == 0) {
            return;
        }
        json.writeObjectPropertyStart("concurrent");
        json.writeNumberProperty("pairs", found.count());
        json.writeArrayPropertyStart("first");
        for (ConcurrentMessages.Pair pair : found.first()) {
            json.writeStartArray();
            json.writeNumber(pair.one());
            json.writeNumber(pair.other());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Left out if the logs were not checked. */
    private static void violations(SpaceTime spaceTime, JsonGenerator json) {
        spaceTime.faults().ifPresent(faults -> {
            json.writeArrayPropertyStart("violations");
            for (Fault fault : faults) {
                json.writeStartObject();
                json.writeStringProperty("what", fault.what());
                fault.step().ifPresent(step -> json.writeNumberProperty("step", step));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void step(Step step, Story story, ClockCondition rules, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", step.id());
        json.writeNumberProperty("lifeline", step.lifeline());
        json.writeNumberProperty("time", step.time());
        json.writeStringProperty("kind", Format.word(step.kind()));
        json.writeStringProperty("rpc", step.rpc());
        json.writeStringProperty("text", step.text());
        json.writeStringProperty("summary", story.sentence(step));
        json.writeBooleanProperty("broken", rules.isBroken(step));
        origin(step.origin(), json);
        step.recordedAt().ifPresent(at -> json.writeStringProperty("recordedAt", at.toString()));
        step.source().ifPresent(place -> source(place, json));
        json.writeEndObject();
    }

    /** Each part is left out if it is unknown. */
    private static void origin(Step.Origin origin, JsonGenerator json) {
        if (!origin.author().isEmpty()) {
            json.writeStringProperty("author", origin.author());
        }
        if (origin.sent() > 0) {
            json.writeNumberProperty("sent", origin.sent());
        }
        if (origin.sequence() > 0) {
            json.writeNumberProperty("sequence", origin.sequence());
        }
    }

    /** The name of the log without its directory, which means nothing on another machine. */
    private static void source(Place place, JsonGenerator json) {
        json.writeStringProperty("file", String.valueOf(place.file().getFileName()));
        json.writeNumberProperty("line", place.line());
    }

    private static void message(int id, Message message, ClockCondition rules, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeNumberProperty("from", message.from());
        json.writeNumberProperty("to", message.to());
        json.writeStringProperty("kind", Format.word(message.kind()));
        json.writeBooleanProperty("broken", rules.isBroken(message));
        json.writeEndObject();
    }
}
