package io.chittychat.client.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.chittychat.text.SafeText;
import io.chittychat.v1.Event;
import java.time.Instant;
import java.util.Locale;

/**
 * An event as a line of JSON: the fields and names of the contract, {@code type} as {@code joined}, {@code published} or
 * {@code left}, {@code recorded_at} in RFC 3339. Characters that would harm a terminal are escaped, so nothing is lost.
 */
public final class EventJson {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final String PREFIX = "EVENT_TYPE_";

    private EventJson() {}

    /** The object on one line, without a line end. */
    public static String of(Event event) {
        JsonObject json = new JsonObject();
        json.addProperty("lamport_time", event.getLamportTime());
        json.addProperty("type", type(event));
        json.addProperty("participant", event.getParticipant());
        json.addProperty("text", event.getText());
        json.addProperty("participant_lamport_time", event.getParticipantLamportTime());
        json.addProperty("sequence", event.getSequence());
        json.addProperty("previous_lamport_time", event.getPreviousLamportTime());
        if (event.hasRecordedAt()) {
            json.addProperty(
                    "recorded_at",
                    Instant.ofEpochSecond(
                                    event.getRecordedAt().getSeconds(),
                                    event.getRecordedAt().getNanos())
                            .toString());
        }
        return SafeText.of(GSON.toJson(json));
    }

    private static String type(Event event) {
        String name = event.getType().name();
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()).toLowerCase(Locale.ROOT) : "unspecified";
    }
}
