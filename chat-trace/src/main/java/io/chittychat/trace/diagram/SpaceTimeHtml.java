package io.chittychat.trace.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.trace.spacetime.SpaceTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as an interactive page, which shows the steps before, after and concurrent to a step. It is one file, needs no
 * network, and runs no script but its own, whatever the participants wrote.
 */
public final class SpaceTimeHtml {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private SpaceTimeHtml() {}

    /** One HTML document with the diagram, its data and the script. */
    public static String page(SpaceTime spaceTime) {
        String script = resource("space-time.js");
        Map<String, String> parts = Map.of(
                "hash", "'sha256-" + sha256(script) + "'",
                "style", resource("space-time.css"),
                "script", script,
                "svg", SpaceTimeSvg.draw(spaceTime),
                "data", inScript(SpaceTimeJson.of(spaceTime)));
        // In one pass, so that text inside a part is not replaced.
        return PLACE.matcher(resource("space-time.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** JSON that cannot end the script element or begin a comment: such characters occur only in strings. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = SpaceTimeHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
