package io.chittychat.trace.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The modules of the live page as one script, because a page from a file may not load modules: in the order of their imports, and
 * without imports and exports. So their top-level names differ, which {@code modules.test.mjs} of {@code chat-web} holds.
 */
final class PageModules {

    /** Each after those that it imports. */
    static final List<String> ORDER = List.of(
            "chat/text.js",
            "chat/colours.js",
            "space-time/model.js",
            "space-time/causality.js",
            "space-time/colours.js",
            "space-time/folds.js",
            "space-time/stubs.js",
            "space-time/layout.js",
            "space-time/keys.js",
            "space-time/choice.js",
            "space-time/finds.js",
            "space-time/light.js",
            "space-time/link.js",
            "space-time/address.js",
            "space-time/lit.js",
            "space-time/graph.js",
            "space-time/live.js",
            "space-time/svg.js",
            "space-time/losses.js",
            "space-time/marks.js",
            "space-time/stays.js",
            "space-time/words.js",
            "space-time/picture.js",
            "space-time/names.js",
            "space-time/overview.js",
            "space-time/sheet.js",
            "space-time/panel.js",
            "space-time/controls.js",
            "space-time/display.js",
            "space-time/journey.js",
            "space-time/table.js",
            "space-time/print.js",
            "space-time/pointer.js",
            "space-time/view.js");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import\\s[^;]*;\\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");

    private PageModules() {}

    /** All modules, and a statement that may use what they export. */
    static String script(String statement) {
        StringBuilder script = new StringBuilder("'use strict';\n{\n");
        for (String module : ORDER) {
            String code = IMPORT.matcher(read("page/" + module)).replaceAll("");
            script.append(EXPORT.matcher(code).replaceAll("")).append('\n');
        }
        return script.append(statement).append("\n}\n").toString();
    }

    /** The view's style. */
    static String style() {
        return read("page/space-time/view.css");
    }

    /** A resource beside this class. */
    static String read(String name) {
        try (InputStream in = PageModules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
