package io.chittychat.trace.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.trace.spacetime.SpaceTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as an interactive page: the same view that the page of the service has, with its data inside. It is one file,
 * needs no network, and runs no script but its own, whatever the participants wrote.
 */
public final class SpaceTimeHtml {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private SpaceTimeHtml() {}

    /** One HTML document with the data and the script. */
    public static String page(SpaceTime spaceTime) {
        String script = PageModules.script(PageModules.read("space-time.js"));
        Map<String, String> parts = Map.of(
                "hash",
                "'sha256-" + sha256(script) + "'",
                "style",
                PageModules.style() + PageModules.read("space-time.css"),
                "script",
                script,
                "part",
                part(spaceTime.window()),
                "data",
                inScript(SpaceTimeJson.of(spaceTime)));
        // In one pass, so that text inside a part is not replaced.
        return PLACE.matcher(PageModules.read("space-time.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** Says what is left out. */
    private static String part(SpaceTime.Window window) {
        return window.isCut()
                ? "Lamport times %d to %d of %d to %d"
                        .formatted(window.from(), window.to(), window.first(), window.last())
                : "";
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
}
